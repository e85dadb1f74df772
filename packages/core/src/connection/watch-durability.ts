import type { ReadableAtom } from 'nanostores'
import type { DeviceStorage, Durability, Env } from '../env/env.js'
import { createStore } from '../store.js'

/** How often it is looked whether the device keeps again what is written. */
const recoverMs = 30_000

/** How safe what is written on this device is. */
export interface DurabilityWatch {
  readonly $durability: ReadableAtom<Durability>
  /** Something was written: how safe it is may have changed. */
  readonly check: () => void
}

/** Watches over `storage`; `lookAgain` is called now and then while it keeps less than it could. */
export function watchDurability(env: Env, storage: DeviceStorage, lookAgain: () => void): DurabilityWatch {
  const $durability = createStore<Durability>('persistent')
  let isWaiting = false
  return {
    $durability,
    check: () => {
      $durability.set(storage.durability())
      if (isWaiting || !storage.recover || storage.durability() === 'persistent') return
      isWaiting = true
      env.setTimer(() => {
        isWaiting = false
        lookAgain()
      }, recoverMs)
    }
  }
}

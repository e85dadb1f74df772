import { limits, type Participant } from '@porchlight/protocol'
import type { ReadableAtom } from 'nanostores'
import type { Session } from '../adapter.js'
import type { Env } from '../env/env.js'
import { createStore } from '../store.js'

/** Both directions of the typing marks of one log. */
export interface Typing {
  readonly $typing: ReadableAtom<readonly Participant[]>
  /** Somebody types, until `ttlMs` from now unless renewed, or has stopped. */
  readonly arrived: (by: Participant, on: boolean, ttlMs: number) => void
  /** This user types, or stopped. */
  readonly report: (on: boolean) => void
}

/** Typing marks of log `c`. Ours go out at most once in 3 seconds; the end of typing at once. */
export function createTyping(c: string, env: Env, session: () => Session | null): Typing {
  const $typing = createStore<readonly Participant[]>([])
  const expiries = new Map<string, () => void>()
  let toldAt: number | undefined

  const remove = (id: string) => {
    expiries.get(id)?.()
    expiries.delete(id)
    if ($typing.get().some((known) => known.id === id)) $typing.set($typing.get().filter((known) => known.id !== id))
  }

  return {
    $typing,
    arrived: (by, on, ttlMs) => {
      if (!on) return remove(by.id)
      expiries.get(by.id)?.()
      expiries.set(
        by.id,
        env.setTimer(() => remove(by.id), ttlMs)
      )
      if (!$typing.get().some((known) => known.id === by.id)) $typing.set([...$typing.get(), by])
    },
    report: (on) => {
      const isRecent = toldAt !== undefined && env.monotonic() - toldAt < limits.typingIntervalMs
      if (on ? isRecent : toldAt === undefined) return
      toldAt = on ? env.monotonic() : undefined
      session()?.typing?.(c, on)
    }
  }
}

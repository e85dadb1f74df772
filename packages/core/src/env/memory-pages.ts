import type { Env, PageChannel } from './env.js'
import type { MemoryDisk } from './memory-storage.js'

/** What the living pages of one memory browser share: channels, and locks in the order they were asked for. */
export interface MemoryPages {
  readonly channel: (name: string, onWord: (word: unknown) => void) => PageChannel
  readonly lock: (name: string, wait: Env['setTimer'], waitMs: number) => Promise<(() => void) | undefined>
}

const browsers = new WeakMap<MemoryDisk, MemoryPages>()

/** The pages that share `disk`. */
export function pagesOf(disk: MemoryDisk): MemoryPages {
  const known = browsers.get(disk) ?? createPages()
  browsers.set(disk, known)
  return known
}

function createPages(): MemoryPages {
  const channels = new Map<string, Set<(word: unknown) => void>>()
  const queues = new Map<string, (() => void)[]>()

  const channel: MemoryPages['channel'] = (name, onWord) => {
    const listeners = channels.get(name) ?? new Set()
    channels.set(name, listeners)
    listeners.add(onWord)
    return {
      tell: (word) => {
        const text = JSON.stringify(word)
        // Never within the call that told it, and to whoever still listens then.
        queueMicrotask(() => {
          for (const listener of listeners) if (listener !== onWord) listener(JSON.parse(text))
        })
      },
      close: () => void listeners.delete(onWord)
    }
  }

  /** The first of a queue has the lock. */
  const lock: MemoryPages['lock'] = (name, wait, waitMs) =>
    new Promise((resolve) => {
      const queue = queues.get(name) ?? []
      queues.set(name, queue)
      const leave = () => {
        const place = queue.indexOf(take)
        if (place >= 0) queue.splice(place, 1)
        if (place === 0) queue[0]?.()
      }
      const take = () => {
        stopWaiting()
        resolve(leave)
      }
      const giveUp = () => {
        leave()
        resolve(undefined)
      }
      queue.push(take)
      let stopWaiting = () => {}
      if (queue[0] === take) take()
      else if (waitMs > 0) stopWaiting = wait(giveUp, waitMs)
      else giveUp()
    })

  return { channel, lock }
}

import type { DeviceStorage, Env, Message, SessionEvent } from '@porchlight/core'
import type { HistoryRecorder } from '../../src/testing/index.js'

/** Whose hearing is written down. */
export interface Hearer {
  readonly history: HistoryRecorder
  readonly name: string
  /** Who the page is to the backend. */
  readonly you: () => string | undefined
}

/** An {@link Env} that writes down what a page learns of logs from its own device, past every adapter: from another tab, and from the disk. */
export function hearingEnv(env: Env, { history, name, you }: Hearer): Env {
  const heard = (word: unknown) => {
    const { event, you: of } = word as { readonly event?: SessionEvent; readonly you?: string }
    if (event?.type !== 'message' || of !== you()) return
    const { c, id, order } = event.message
    history.record(name, { type: 'heard', c, epoch: event.epoch, seq: order, id })
  }
  const found = (key: string, value: unknown) => {
    const last = (value as { readonly messages?: readonly Message[] } | undefined)?.messages?.at(-1)
    if (!key.startsWith('log:') || !last) return
    // Held, and shown where the chat stands in it.
    history.record(name, { type: 'view', c: last.c, bubbles: [], have: last.order })
    history.record(name, { type: 'left', c: last.c })
  }
  const storage = (scope: string): DeviceStorage => {
    const inner = env.storage(scope)
    const read = async (key: string) => {
      const value = await inner.large.read(key)
      found(key, value)
      return value
    }
    return { ...inner, large: { ...inner.large, read } }
  }
  const { channel } = env
  return {
    ...env,
    storage,
    channel:
      channel &&
      ((scope, onWord) =>
        channel(scope, (word) => {
          heard(word)
          onWord(word)
        }))
  }
}

import type { ClientFrame } from '@porchlight/protocol'
import { newDevice, newMessageId } from './new-ids.js'

/** A good frame of each type about a log. The compiler asks for one when a type is added. */
export const sampleFrames: { readonly [T in ClientFrame['t']]: (c: string) => Extract<ClientFrame, { t: T }> } = {
  hello: (c) => ({ t: 'hello', v: [1, 1], device: newDevice(), subs: [{ c, epoch: 'e', have: 0 }], lastN: { [c]: 1 } }),
  open: () => ({ t: 'open', id: newMessageId(), meta: { page: 'https://shop.example/' } }),
  pub: (c) => ({ t: 'pub', c, id: newMessageId(), n: 1, k: 'text', body: { text: 'intruder' } }),
  fetch: (c) => ({ t: 'fetch', rid: 'r', c, from: 1, limit: 10, sub: true }),
  cur: (c) => ({ t: 'cur', c, delivered: 1, read: 1 }),
  typing: (c) => ({ t: 'typing', c, on: true }),
  ping: () => ({ t: 'ping', now: 1 }),
  pong: () => ({ t: 'pong', echo: 1 }),
  auth: () => ({ t: 'auth', token: `plv_${'A'.repeat(43)}` }),
  bye: () => ({ t: 'bye', why: 'test' })
}

import type { Leftovers } from '@porchlight/core'
import { type ClientFrame, limits, PROTOCOL_VERSION } from '@porchlight/protocol'
import { call } from './http.js'
import type { WireAddress } from './wire.js'

/** The platform takes 64 KiB of all such calls together (Fetch Standard, "HTTP-network-or-cache fetch"); the rest is for what else leaves. */
const maxBytes = 49_152

/** Says hello, what is left, oldest first, and goodbye, in one call without a preflight, which a page that dies could not wait for. */
export function flushLeftovers(address: WireAddress, token: string, { device, drafts, receipts }: Leftovers): void {
  const texts: string[] = []
  let bytes = 0
  const add = (frame: ClientFrame): boolean => {
    const text = JSON.stringify(frame)
    bytes += new TextEncoder().encode(text).length + 1
    // Two brackets, a comma and the goodbye follow.
    if (bytes + 16 > maxBytes || texts.length === limits.framesMaxPerPost - 1) return false
    texts.push(text)
    return true
  }
  add({ t: 'hello', v: [PROTOCOL_VERSION, PROTOCOL_VERSION], device, token })
  for (const receipt of receipts) add({ t: 'cur', ...receipt })
  // None before what it follows: the first without room is the last.
  drafts.every((draft) => add({ t: 'pub', ...draft }))
  const body = `[${texts.join()},{"t":"bye"}]`
  void call(address, `frames?site=${address.site}`, { method: 'POST', body, keepalive: true }).catch(() => undefined)
}

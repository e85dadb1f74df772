import type { RequestReceipt } from '@porchlight/protocol'
import { newMessageId } from './new-ids.js'
import { shopOrigin, type World } from './world.js'

/** What somebody asks in a form. */
export const fields = { name: 'Ann', email: 'ann@example.com', text: 'Where is parcel 4711?' }

/** How a request is left. */
export interface Leaving {
  readonly key?: string
  readonly token?: string | undefined
  readonly body?: unknown
  readonly site?: string
  /** As a trusted proxy names it. */
  readonly address?: string
}

/** Leaves a request over HTTP. */
export async function leave(
  world: World,
  { key = newMessageId(), token, body = { fields }, site = 'shop', address }: Leaving = {}
): Promise<{ status: number; receipt: RequestReceipt; text: string }> {
  const response = await fetch(`${world.url}/v1/requests?site=${site}`, {
    method: 'POST',
    headers: {
      origin: shopOrigin,
      'content-type': 'application/json',
      'idempotency-key': key,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(address === undefined ? {} : { 'x-forwarded-for': address })
    },
    body: typeof body === 'string' ? body : JSON.stringify(body)
  })
  const text = await response.text()
  return { status: response.status, receipt: JSON.parse(text) as RequestReceipt, text }
}

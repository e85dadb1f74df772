import { ChatError } from '@porchlight/protocol'
import type { WireAddress } from './wire.js'

/** What the server made of one call: the status, and the body if it was JSON. */
export interface HttpAnswer {
  readonly isOk: boolean
  readonly status: number
  readonly body: unknown
}

/**
 * Calls the server without cookies.
 *
 * @throws {ChatError} `network` when it could not be reached.
 */
export async function call({ fetch: ask, server }: WireAddress, path: string, init: RequestInit): Promise<HttpAnswer> {
  const response = await ask(`${server}/v1/${path}`, { ...init, credentials: 'omit' }).catch((cause: unknown) => {
    throw new ChatError('network', 'the server could not be reached', { cause })
  })
  return { isOk: response.ok, status: response.status, body: await response.json().catch(() => undefined) }
}

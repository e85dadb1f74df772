import { ChatError, type ErrorBody } from '@porchlight/protocol'
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
 * @throws {ChatError} `network` when it could not be reached, `not_found` when it knows no such site, `cors` when the site is not for pages
 * of this origin.
 */
export async function call({ fetch: ask, server, site }: WireAddress, path: string, init: RequestInit): Promise<HttpAnswer> {
  const response = await ask(`${server}/v1/${path}`, { ...init, credentials: 'omit' }).catch((cause: unknown) => {
    throw new ChatError('network', 'no connection', { cause })
  })
  const body: unknown = await response.json().catch(() => undefined)
  const { code, message } = (body as Partial<ErrorBody> | undefined)?.error ?? {}
  if (code === 'not_found' || code === 'cors') throw new ChatError(code, `site "${site}": ${message}`)
  return { isOk: response.ok, status: response.status, body }
}

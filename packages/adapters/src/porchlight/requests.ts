import type { RequestAccepted, RequestDraft, RequestRefused } from '@porchlight/core'
import { ChatError, type ErrorBody, type ErrorCode, errorRetry, type RequestReceipt } from '@porchlight/protocol'
import { errorOf } from './translate.js'
import type { WireAddress } from './wire.js'

/** Fields whose refusal has a name of its own. */
const problemOf: Readonly<Record<string, string>> = { email: 'email', phone: 'phone' }

/** What the server made of a request, and the credential it gave to a visitor who had none. */
export type RequestAnswer = (RequestAccepted & { readonly token?: string }) | RequestRefused

/**
 * Leaves a request by HTTP: it needs no socket, and the key makes a repeat harmless.
 *
 * @throws {ChatError} `network` when the server could not be reached, otherwise what it says.
 */
export async function sendRequest(address: WireAddress, token: string | undefined, draft: RequestDraft): Promise<RequestAnswer> {
  const { id, ...body } = draft
  const response = await address
    .fetch(`${address.server}/v1/requests?site=${encodeURIComponent(address.site)}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': id,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` })
      },
      body: JSON.stringify(body),
      credentials: 'omit'
    })
    .catch((cause: unknown) => {
      throw new ChatError('network', 'the server could not be reached', { cause })
    })
  const answer: unknown = await response.json().catch(() => undefined)
  return response.ok ? acceptedOf(answer) : refusalOf(response.status, answer)
}

function acceptedOf(answer: unknown): RequestAnswer {
  const { id, reference, c, createdAt, token } = (answer ?? {}) as Partial<RequestReceipt>
  if (typeof id !== 'string' || typeof reference !== 'string' || typeof c !== 'string' || typeof createdAt !== 'number') {
    throw new ChatError('internal', 'the server answered a request with something else')
  }
  return { id, reference, c, createdAt, ...(typeof token === 'string' ? { token } : {}) }
}

function refusalOf(status: number, answer: unknown): RequestRefused {
  const { code, after, fields } = ((answer as Partial<ErrorBody> | undefined)?.error ?? {}) as Partial<ErrorBody['error']>
  const names = Array.isArray(fields) ? fields.map(({ field }) => String(field).replace(/^fields\./, '')) : []
  const own = names.filter((name) => ['name', 'email', 'phone', 'text'].includes(name))
  if (own.length > 0) return { problems: Object.fromEntries(own.map((name) => [name, problemOf[name] ?? 'invalid'])) }
  const known = Object.hasOwn(errorRetry, code ?? '') ? (code as ErrorCode) : status < 500 ? 'invalid' : 'internal'
  throw errorOf({ code: known, retry: errorRetry[known], ...(typeof after === 'number' ? { after } : {}) })
}

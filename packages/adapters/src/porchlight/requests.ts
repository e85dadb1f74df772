import type { RequestAccepted, RequestDraft, RequestRefused } from '@porchlight/core'
import { ChatError, type ErrorBody, type RequestReceipt } from '@porchlight/protocol'
import { call, type HttpAnswer } from './http.js'
import { errorOf } from './translate.js'
import type { WireAddress } from './wire.js'

/** What the server made of a request, and the credential it gave to a visitor who had none. */
export type RequestAnswer = (RequestAccepted & { readonly token?: string | undefined }) | RequestRefused

/**
 * Leaves a request by HTTP: it needs no socket, and the key makes a repeat harmless.
 *
 * @throws {ChatError} `network` when the server could not be reached, otherwise what it says.
 */
export async function sendRequest(address: WireAddress, token: string | undefined, draft: RequestDraft): Promise<RequestAnswer> {
  const { id, ...body } = draft
  const answer = await call(address, `requests?site=${address.site}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': id,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` })
    },
    body: JSON.stringify(body)
  })
  return answer.isOk ? acceptedOf(answer.body) : refusalOf(answer)
}

function acceptedOf(body: unknown): RequestAnswer {
  const { id, reference, c, createdAt, token } = (body ?? {}) as Partial<RequestReceipt>
  if (typeof id !== 'string' || typeof reference !== 'string' || typeof c !== 'string' || typeof createdAt !== 'number') {
    throw new ChatError('internal', 'no receipt')
  }
  return { id, reference, c, createdAt, token: typeof token === 'string' ? token : undefined }
}

function refusalOf({ status, body }: HttpAnswer): RequestRefused {
  const { code, after, fields } = ((body as Partial<ErrorBody> | undefined)?.error ?? {}) as Partial<ErrorBody['error']>
  const names = Array.isArray(fields) ? fields.map(({ field }) => String(field).replace(/^fields\./, '')) : []
  const own = names.filter((name) => /^(name|email|phone|text|consent)$|^custom\./.test(name))
  if (own.length > 0) return { problems: Object.fromEntries(own.map((name) => [name, problemOf(name)])) }
  throw errorOf({ code: String(code), retry: status < 500 ? 'never' : 'later', after: typeof after === 'number' ? after : undefined })
}

/** What is wrong with a field that passed here: of the site's own ones, mostly that a newer form asks for it. */
function problemOf(field: string): string {
  if (/^(email|phone)$/.test(field)) return field
  return field === 'consent' ? 'required' : 'invalid'
}

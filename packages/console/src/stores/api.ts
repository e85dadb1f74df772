import { ChatError, type ErrorCode, errorTraits } from '@porchlight/protocol'
import { FieldsRefused } from './fields-refused.js'
import { readError } from './read-rows.js'
import { type Reader, readAs } from './reader.js'

/** A call that changes something. */
export interface ApiCall {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: unknown
}

/** The server's `/api`, as this operator. Rejects with a ChatError only. */
export interface Api {
  readonly get: <T>(path: string, reader: Reader<T>) => Promise<T>
  /** Changes something; the answer is not looked at. */
  readonly send: (call: ApiCall) => Promise<void>
  /** Changes something, and reads the answer. */
  readonly exchange: <T>(call: ApiCall, reader: Reader<T>) => Promise<T>
}

/** What {@link createApi} takes from the world. */
export interface ApiOptions {
  /** Called with every answer that says that nobody is signed in. */
  readonly onUnauthorized: () => void
  /** Default: the browser's own. */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/** Longest wait for an answer before it counts as a broken connection. */
const answerTimeoutMs = 15_000

/**
 * Speaks JSON with the server that this page came from. The session is a cookie that scripts cannot see; the `X-Porchlight` header makes a
 * call something that no form of another site can send.
 */
export function createApi({ onUnauthorized, fetch }: ApiOptions): Api {
  const ask = async (path: string, init: RequestInit): Promise<unknown> => {
    const response = await answer(fetch ?? globalThis.fetch, path, init)
    const body: unknown = await response.json().catch(() => undefined)
    if (response.ok) return body
    const error = errorOf(response.status, body)
    if (error.retry === 'auth') onUnauthorized()
    throw error
  }
  return {
    get: async (path, reader) => readAnswer(path, reader, await ask(path, {})),
    send: async (call) => void (await ask(call.path, initOf(call))),
    exchange: async (call, reader) => readAnswer(call.path, reader, await ask(call.path, initOf(call)))
  }
}

function initOf({ method, body }: ApiCall): RequestInit {
  const headers: Record<string, string> = { 'X-Porchlight': '1' }
  if (body === undefined) return { method, headers }
  return { method, headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}

async function answer(fetch: typeof globalThis.fetch, path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(answerTimeoutMs) })
  } catch (cause) {
    throw new ChatError('network', `no answer from ${path}`, { cause })
  }
}

function readAnswer<T>(path: string, reader: Reader<T>, body: unknown): T {
  const value = readAs(reader, body)
  if (value === null) throw new ChatError('invalid', `the answer of ${path} is not of the documented shape`)
  return value
}

function errorOf(status: number, body: unknown): ChatError {
  const report = readAs(readError, body)?.error
  if (!report) return new ChatError(codeOfStatus(status), `status ${status} without an error body`)
  const code = Object.hasOwn(errorTraits, report.code) ? (report.code as ErrorCode) : codeOfStatus(status)
  if (report.fields) return new FieldsRefused(code, report.message, report.fields)
  return new ChatError(code, report.message, { afterMs: report.after })
}

function codeOfStatus(status: number): ErrorCode {
  const codes = Object.keys(errorTraits) as ErrorCode[]
  return codes.find((code) => errorTraits[code].httpStatus === status) ?? 'internal'
}

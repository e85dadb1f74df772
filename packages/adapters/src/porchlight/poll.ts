import type { ErrorCode } from '@porchlight/protocol'
import type { OpenWire, WireAddress } from './wire.js'

// This file is a chunk of its own, so it imports nothing: a browser that failed to fetch a dependency would remember it for ever.

/** How long the server may hold a poll … */
const waitMs = 25_000
/** … and how long that call may take as a whole. */
const pollMs = 35_000
/** What is said is answered at once. No longer than whoever said it waits for the answer: until then nothing more goes out. */
const postMs = 15_000
/** Shortest time from one poll to the next, where it brought nothing. */
const pauseMs = 1_000
/** Most frames in one call … */
const framesMax = 64
/** … and most characters, unless one frame has more: a slow way has to carry them in time. */
const lengthMax = 16_384

/** A wire on plain HTTP, for networks that let no WebSocket through: the same frames in arrays. */
export const pollWire: OpenWire = (address, handlers) => {
  const leaving = new AbortController()
  let session: string | undefined
  let waiting: object[] = []
  let wasSilent = false
  let isPosting = false

  const end = (code: ErrorCode, message: string, afterMs?: number) => {
    if (leaving.signal.aborted) return
    leaving.abort()
    handlers.end({ code, message, afterMs })
  }
  const take = (frames: readonly unknown[]) => {
    for (const frame of frames) {
      if (leaving.signal.aborted) return
      const { t, session: given } = (frame ?? {}) as { t?: unknown; session?: unknown }
      if (t === 'welcome' && typeof given === 'string') session = given
      handlers.frame(frame)
    }
  }
  const call = async (path: string, frames?: readonly object[]): Promise<boolean> => {
    const answer = await exchange(address, { path, frames, session, signal: leaving.signal })
    if (leaving.signal.aborted) return false
    if ('code' in answer) {
      end(answer.code, answer.message, answer.afterMs)
      return false
    }
    wasSilent = answer.length === 0
    take(answer)
    return !leaving.signal.aborted
  }

  const post = async () => {
    if (isPosting) return
    isPosting = true
    while (waiting.length > 0) {
      const isFirst = session === undefined
      const frames = firstOf(waiting, isFirst ? 1 : framesMax)
      waiting = waiting.slice(frames.length)
      if (!(await call('frames', frames))) return
      if (isFirst) void poll()
    }
    isPosting = false
  }
  const poll = async () => {
    let before = 0
    do {
      // A server or a proxy that does not hold the call is not asked more than once a second.
      const earlyMs = before + pauseMs - Date.now()
      if (wasSilent && earlyMs > 0) await new Promise((resolve) => setTimeout(resolve, earlyMs))
      before = Date.now()
    } while (await call(`poll?wait=${waitMs}`))
  }

  queueMicrotask(() => {
    if (!leaving.signal.aborted) handlers.open()
  })
  return {
    send: (frame) => {
      waiting.push(frame)
      void post()
    },
    close: () => {
      leaving.abort()
      if (session !== undefined) void exchange(address, { path: 'frames', frames: [{ t: 'bye' }], session, signal: undefined })
    }
  }
}

/** What goes out in one call. */
function firstOf(frames: readonly object[], most: number): readonly object[] {
  let length = 0
  return frames.slice(0, most).filter((frame, index) => {
    length += JSON.stringify(frame).length
    return index === 0 || length <= lengthMax
  })
}

interface Call {
  readonly path: string
  readonly frames: readonly object[] | undefined
  readonly session: string | undefined
  readonly signal: AbortSignal | undefined
}

interface Failure {
  readonly code: ErrorCode
  readonly message: string
  readonly afterMs?: number
}

/** One call: the frames it brought, or why it brought none. */
async function exchange(address: WireAddress, { path, frames, session, signal }: Call): Promise<readonly unknown[] | Failure> {
  const late = new AbortController()
  const stop = () => late.abort()
  const timer = setTimeout(stop, frames ? postMs : pollMs)
  signal?.addEventListener('abort', stop)
  try {
    const url = `${address.server}/v1/${path}${path.includes('?') ? '&' : '?'}site=${encodeURIComponent(address.site)}`
    const response = await address.fetch(url, {
      method: frames ? 'POST' : 'GET',
      headers: {
        ...(frames ? { 'content-type': 'application/json' } : {}),
        ...(session === undefined ? {} : { authorization: `Bearer ${session}` })
      },
      ...(frames ? { body: JSON.stringify(frames) } : {}),
      signal: late.signal,
      credentials: 'omit',
      cache: 'no-store',
      keepalive: signal === undefined
    })
    return response.ok ? arrayOf(await response.json()) : await failureOf(response, session !== undefined)
  } catch {
    return { code: 'network', message: 'the server could not be reached' }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

async function failureOf(response: Response, hasSession: boolean): Promise<Failure> {
  const message = `the server answered ${response.status}`
  // A session that the server forgot is no fault of the credential: begin again.
  if (hasSession && response.status === 401) return { code: 'network', message }
  const body: unknown = await response.json().catch(() => undefined)
  const error = (body as { error?: { code?: unknown; after?: unknown } } | undefined)?.error
  return {
    code: typeof error?.code === 'string' ? (error.code as ErrorCode) : 'network',
    message,
    ...(typeof error?.after === 'number' ? { afterMs: error.after } : {})
  }
}

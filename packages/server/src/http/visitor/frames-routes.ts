import { ChatError, limits, parseJson } from '@porchlight/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ClientAddress } from '../../limits/client-address.js'
import type { RateLimits } from '../../limits/rate-limits.js'
import type { PollSession, PollSessions } from '../../wire/poll-session.js'
import { addPreflight, bearerOf, type Door } from './door.js'

/** What the fallback for sockets works with. */
export interface FramesRoutesOptions {
  readonly door: Door
  readonly sessions: PollSessions
  readonly limits: RateLimits
  readonly clientAddress: ClientAddress
}

/** Largest body: every frame may be as long as on a socket, but not all of them at once. */
const bodyMaxBytes = 4 * limits.frameMaxBytes

/** Carries the frames of the wire in requests, for networks that let no socket through. */
export function addFramesRoutes(scope: FastifyInstance, options: FramesRoutesOptions): void {
  const { door, sessions } = options
  addPreflight(scope, '/v1/frames', 'POST')
  addPreflight(scope, '/v1/poll', 'GET')

  scope.post('/v1/frames', { bodyLimit: bodyMaxBytes }, async (request, reply) => {
    const frames = readFrames(request.body)
    // Only asks whether the page may speak at all.
    if (frames.length === 0) return []
    const session = await sessionOf(options, request)
    await Promise.all(frames.map((frame) => session.peer.receive(frame)))
    const failure = session.peer.failure()
    // A connection that never began has nothing to say but why.
    if (failure && bearerOf(request) === undefined) throw failure
    return reply.type('application/json; charset=utf-8').send(arrayText(session.take()))
  })

  scope.get('/v1/poll', async (request, reply) => {
    const { site } = door(request)
    const session = sessions.find(bearerOf(request) ?? '', site.id)
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    session.peer.heard()
    const texts = await session.wait(waitOf(request), gone.signal)
    return reply.type('application/json; charset=utf-8').send(arrayText(texts))
  })
}

/** Frames as they would come on a socket. */
function readFrames(body: unknown): string[] {
  const value = parseJson(String(body))
  if (!Array.isArray(value)) throw new ChatError('invalid', 'the body is not an array of frames')
  if (value.length > limits.framesMaxPerPost) throw new ChatError('too_large', `the body holds more than ${limits.framesMaxPerPost} frames`)
  return value.map((frame) => JSON.stringify(frame))
}

async function sessionOf({ door, sessions, limits: rates, clientAddress }: FramesRoutesOptions, request: FastifyRequest): Promise<PollSession> {
  const { site, isOwnOrigin } = door(request)
  const credential = bearerOf(request)
  if (credential !== undefined) return sessions.find(credential, site.id)
  const address = clientAddress(request.raw)
  const afterMs = await rates.takeAddress('connectionsPerAddress', address)
  if (afterMs > 0) throw new ChatError('rate_limited', 'too many connections', { afterMs })
  return sessions.begin({ site: site.id, address, isOwnOrigin, via: 'poll' })
}

function waitOf({ query }: FastifyRequest): number {
  const { wait } = query as { readonly wait?: unknown }
  if (wait === undefined) return limits.pollWaitMs
  if (typeof wait !== 'string' || !/^\d{1,6}$/.test(wait)) throw new ChatError('invalid', 'wait is not a number of milliseconds')
  return Number(wait)
}

function arrayText(texts: readonly string[]): string {
  return `[${texts.join()}]`
}

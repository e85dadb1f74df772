import { ChatError, type ClientFrame, isChatError, limits, parseClientFrame, parseJson } from '@porchlight/protocol'
import { refuseUntil } from '../limits/refuse-until.js'
import { newId } from '../store/new-ids.js'
import { errFrame, wireError } from './error-frames.js'
import { handleFrame } from './frame-handlers.js'
import { type Greeted, greet } from './greet.js'
import { createLife } from './life.js'
import { createOutlet, type Outlet } from './outlet.js'
import type { Transport } from './transport.js'
import type { PeerOrigin, WireContext } from './wire-context.js'

/** Options of {@link createPeer}. */
export interface PeerOptions {
  readonly context: WireContext
  readonly origin: PeerOrigin
  readonly transport: Transport
  /** Credential of a polling session. Default: none, as for sockets. */
  readonly session?: string | undefined
}

/** One connection, whatever carries it: what comes in is handed to it as text, what goes out leaves by its transport. */
export interface Peer {
  /** Takes one frame. Resolves when what it asked for is done and answered. Never rejects. */
  readonly receive: (text: string) => Promise<void>
  /** The client gave a sign of life that is not a frame. */
  readonly heard: () => void
  /** The transport carried something that is not a frame. */
  readonly refuse: (error: ChatError) => void
  /** The transport has ended: by a goodbye, or because the link broke. */
  readonly gone: (how: 'left' | 'lost') => void
  readonly isOver: () => boolean
  /** Why the server ended the connection, when that was a fault of the client's. */
  readonly failure: () => ChatError | undefined
}

/** Connections that have begun in this process. */
let generations = 0

/** Makes a connection that waits for its `hello`. */
export function createPeer({ context, origin, transport, session = '' }: PeerOptions): Peer {
  const conn = newId('x_')
  const generation = ++generations
  const life = createLife(transport)
  /** Nothing where nothing is being done, as most of the time. */
  let inFlight: Set<Promise<void>> | undefined
  let greeting: Promise<Greeted> | undefined
  let greeted: Greeted | undefined

  const outlet = createOutlet({
    transport,
    clock: context.clock,
    onCaughtUp: () => greeted?.tellHeads(),
    onStuck: () => life.finish('slow', 'lost')
  })
  life.onEnd(outlet.stop)
  const stopWaiting = context.clock.setTimer(() => life.finish('noHello', 'lost'), limits.helloTimeoutMs)
  life.onEnd(stopWaiting)

  const refuse = (error: ChatError): void => life.fail(error, () => outlet.answer(errFrame(error)))

  async function take(text: string): Promise<void> {
    refuseUntil(await context.limits.take('framesPerConnection', conn), 'too many frames')
    const frame = readFrame(text, outlet)
    greeted?.heartbeat.heard()
    if (!frame) return
    if (frame.t === 'hello') {
      if (greeting) throw new ChatError('invalid', 'hello is said once')
      if (Buffer.byteLength(text) > limits.helloMaxBytes) throw new ChatError('too_large', 'the hello is too large')
      const afterMs = context.admission.hello()
      if (afterMs > 0) throw new ChatError('busy', 'too many say hello', { afterMs })
      greeting = greet({ context, origin, conn, generation, life, outlet, session, settled: () => Promise.allSettled(inFlight ?? []) }, frame)
      greeted = await greeting
      return stopWaiting()
    }
    if (!greeting) throw new ChatError('invalid', 'hello comes first')
    const { speaker } = await greeting
    if (life.isOver()) return
    if (frame.t === 'pong') context.presence.renew(conn)
    await handleFrame(speaker, frame)
  }

  return {
    receive: (text) => {
      if (life.isOver()) return Promise.resolve()
      const work = take(text).catch((error) => refuse(wireError(error, context.log)))
      inFlight ??= new Set()
      inFlight.add(work)
      return work.finally(() => {
        inFlight?.delete(work)
        if (inFlight?.size === 0) inFlight = undefined
      })
    },
    heard: () => {
      greeted?.heartbeat.heard()
      context.presence.renew(conn)
    },
    refuse,
    gone: life.gone,
    isOver: life.isOver,
    failure: life.failure
  }
}

/** The frame in a text, or nothing when it is of a newer protocol and was answered. */
function readFrame(text: string, { answer }: Pick<Outlet, 'answer'>): ClientFrame | undefined {
  if (Buffer.byteLength(text) > limits.frameMaxBytes) throw new ChatError('too_large', 'the frame is too large')
  const value = parseJson(text)
  try {
    return parseClientFrame(value)
  } catch (error) {
    if (!isChatError(error) || error.code !== 'unsupported') throw error
    answer(errFrame(error, (value as { readonly t: string }).t.slice(0, 200)))
    return undefined
  }
}

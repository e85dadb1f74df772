import type { ConnectContext, LogState, Session } from '@porchlight/core'
import { ChatError, checkServerFrame, type HelloFrame, limits, type Participant, PROTOCOL_VERSION, type WelcomeFrame } from '@porchlight/protocol'
import { type ConnectionNews, readFrame } from './frame-reader.js'
import { createHistory } from './history.js'
import { createLink, type Link } from './link.js'
import { openConversation, publish } from './publishing.js'
import { sendRequest } from './requests.js'
import { messageOf, receiptsOf, stateOf } from './translate.js'
import type { OpenWire, Wire, WireAddress, WireEnd } from './wire.js'

/** Longest wait for a `pong`. */
const pongMs = 10_000

/** What this end presents itself with. Neither: a new visitor. */
export interface Credential {
  readonly token?: string
  readonly ticket?: string
}

/** What one session is made of. */
export interface WireSessionOptions {
  readonly address: WireAddress
  readonly openWire: OpenWire
  readonly context: ConnectContext
  readonly credential: Credential
  readonly onWelcome: () => void
  /** The wire ended by itself; `error` is what that means. */
  readonly onEnd: (error: ChatError, end: WireEnd) => void
}

/** Opens a wire, says hello, and resolves with the session when it is welcomed. */
export function openWireSession(options: WireSessionOptions): Promise<Session> {
  const { address, context, credential } = options
  let token = credential.token
  let welcome: WelcomeFrame | undefined
  let fault: ChatError | undefined
  let withinMs: readonly [number, number] | undefined
  let deadline: ReturnType<typeof setTimeout> | undefined

  return new Promise((resolve, reject) => {
    const link = createLink(context, (frame) => wire.send(frame))

    const finish = (error: ChatError) => {
      clearTimeout(deadline)
      context.signal.removeEventListener('abort', leave)
      wire.close()
      for (const answers of [link.acks, link.pages, link.pongs]) answers.close(new ChatError('network', 'the session has ended'))
      reject(error)
    }
    const leave = () => {
      if (welcome) link.send({ t: 'bye' })
      finish(new ChatError('network', 'the session was left'))
    }
    const end = (why: WireEnd) => {
      const error = fault ?? new ChatError(why.code, why.message, { afterMs: why.afterMs })
      options.onEnd(error, why)
      finish(error)
      link.emit({
        ...{ type: 'closed', error },
        ...(error.afterMs === undefined ? {} : { afterMs: error.afterMs }),
        ...(withinMs ? { withinMs } : {})
      })
    }

    const keepToken = (next: string) => {
      if (credential.ticket !== undefined) return
      token = next
      link.emit({ type: 'saved', saved: { token: next } })
    }
    /** Any frame is a sign of life; without one for too long the connection is dead, whatever the socket says. */
    const heard = ({ hb }: WelcomeFrame) => {
      clearTimeout(deadline)
      deadline = setTimeout(() => end({ code: 'network', message: 'nothing was heard for too long', wasOpen: true }), hb.every + hb.grace)
    }
    const leaveWhenSettled = () => {
      if (withinMs && link.acks.isEmpty()) end({ code: 'busy', message: 'the server is shutting down', wasOpen: true })
    }

    const begin = (frame: WelcomeFrame) => {
      welcome = frame
      options.onWelcome()
      if (frame.token !== undefined) keepToken(frame.token)
      const conversations = greet(frame, link)
      const request: Session['request'] = async (draft) => {
        const answer = await sendRequest(address, token, draft)
        if ('token' in answer && answer.token !== undefined) keepToken(answer.token)
        return answer
      }
      resolve({ ...sessionOf(frame, link, credential), conversations, ...(credential.ticket === undefined ? { request } : {}) })
    }

    const news: ConnectionNews = {
      token: keepToken,
      fault: (error) => {
        fault = error
      },
      drain: (window) => {
        withinMs = window
      }
    }
    const take = (raw: unknown) => {
      const frame = checkServerFrame(raw)
      // Only a fault that is followed by the end is the reason of the end.
      fault = undefined
      if (frame?.t === 'welcome' && !welcome) begin(frame)
      else if (frame) readFrame(frame, link, news)
      else context.log('debug', 'a frame of the server was not understood')
      if (!welcome || context.signal.aborted) return
      heard(welcome)
      leaveWhenSettled()
    }

    context.signal.addEventListener('abort', leave, { once: true })
    const wire: Wire = options.openWire(address, { open: () => link.send(helloOf(context, credential)), frame: take, end })
  })
}

function helloOf({ device, logs }: ConnectContext, credential: Credential): HelloFrame {
  const subs = logs.slice(0, limits.subscriptionsMax).map(({ c, epoch, have }) => ({ c, epoch, have }))
  return { t: 'hello', v: [PROTOCOL_VERSION, PROTOCOL_VERSION], device, ...credential, subs }
}

/** Passes on what `welcome` brings: the logs that were named, and who is home. */
function greet(frame: WelcomeFrame, link: Link): readonly LogState[] {
  const conversations = (frame.conversations ?? []).map(stateOf)
  for (const log of conversations) link.logs.set(log.c, log)
  for (const { c, epoch, head, lastN, reset, events, cursors } of frame.subs) {
    const log: LogState = { ...link.logs.get(c), c, epoch, head, lastN, ...(reset ? { reset } : {}) }
    link.logs.set(c, log)
    link.emit({ type: 'log', log })
    for (const event of events) link.emit({ type: 'message', message: messageOf(event), epoch: event.epoch })
    for (const receipt of receiptsOf(c, cursors)) link.emit(receipt)
  }
  const { rev, state, reason, ...more } = frame.avail
  link.emit({ type: 'availability', availability: { rev, state, reason, ...more } })
  return conversations
}

function sessionOf({ durability, you }: WelcomeFrame, link: Link, { ticket }: Credential): Omit<Session, 'conversations'> {
  const self: Participant = { role: ticket === undefined ? 'visitor' : 'agent', id: you.id, ...(you.name === undefined ? {} : { name: you.name }) }
  return {
    caps: {
      ...{ durability, idempotentSend: true, presence: 'push', history: true, requests: ticket === undefined ? 'native' : 'none' },
      ...{ typingOut: true, typingIn: true, receiptsOut: true, receiptsIn: true }
    },
    order: 'dense',
    you: self,
    send: (draft) => publish(link, self, draft),
    history: createHistory(link),
    open: (details) => openConversation(link, details),
    typing: (c, on) => link.send({ t: 'typing', c, on }),
    receipt: (c, { delivered, read }) => link.send({ t: 'cur', c, delivered, read }),
    probe: () => {
      const now = Date.now()
      const answer = link.pongs.ask(`${now}`, pongMs)
      link.send({ t: 'ping', now })
      return answer
    }
  }
}

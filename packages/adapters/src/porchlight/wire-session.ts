import type { Capabilities, ConnectContext, LogState, Session } from '@porchlight/core'
import {
  ChatError,
  checkServerFrame,
  type HelloFrame,
  limits,
  type Participant,
  PROTOCOL_VERSION,
  type SiteInfo,
  type WelcomeFrame
} from '@porchlight/protocol'
import { type ConnectionNews, readFrame } from './frame-reader.js'
import { createHistory } from './history.js'
import { createLink, type Link } from './link.js'
import { openConversation, publish } from './publishing.js'
import { createRenewal } from './renewal.js'
import { sendRequest } from './requests.js'
import { messageOf } from './translate.js'
import type { OpenWire, Wire, WireAddress, WireEnd } from './wire.js'

/** Longest wait for a `pong`. */
const pongMs = 10_000
/** So much may wait to leave this device; beyond it no message is added, so that whatever breaks, little is uncertain. */
const fullBytes = 65_536

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
  /** The wire ended by itself. */
  readonly onEnd: (error: ChatError) => void
}

/** Opens a wire, says hello, and resolves with the session when it is welcomed. */
export function openWireSession(options: WireSessionOptions): Promise<Session> {
  const { context, credential } = options
  let welcome: WelcomeFrame | undefined
  let fault: ChatError | undefined
  let withinMs: readonly [number, number] | undefined
  /** How far this device's clock is before the server's. */
  let aheadMs = 0
  let deadline: ReturnType<typeof setTimeout> | undefined

  return new Promise((resolve, reject) => {
    const link = createLink(context, (frame) => wire.send(frame))
    const keeper = keepToken(link, credential)
    const renewal = createRenewal(() => {
      const token = keeper.token()
      if (token !== undefined) link.send({ t: 'auth', token })
    })

    const finish = (error: ChatError) => {
      clearTimeout(deadline)
      renewal.stop()
      context.signal.removeEventListener('abort', leave)
      wire.close()
      link.answers.close(new ChatError('network', 'the session has ended'))
      reject(error)
    }
    const leave = () => {
      if (welcome) link.send({ t: 'bye' })
      finish(new ChatError('network', 'the session has ended'))
    }
    const end = (why: WireEnd) => {
      const error = fault ?? new ChatError(why.code, why.message, why)
      options.onEnd(error)
      finish(error)
      if (welcome) link.emit({ type: 'closed', error, withinMs: withinMs ?? why.withinMs, isReplaced: why.isReplaced })
    }
    const news: ConnectionNews = {
      token: keeper.keep,
      renewed: renewal.goodFor,
      // An operator's ticket is good for one connection: the next one brings another.
      expired: () => (credential.ticket === undefined ? renewal.ask() : end({ code: 'auth_expired', message: 'the credential ran out' })),
      fault: (error) => {
        fault = error
      },
      site: (site) => {
        link.emit({ type: 'site', site })
        if (welcome) link.emit({ type: 'capabilities', caps: capsOf(welcome, credential, site) })
      },
      queue: ({ position, since = 0, estimate }) => {
        link.emit({ type: 'queue', place: position === undefined ? null : { position, since: since + aheadMs, estimateMs: estimate } })
      },
      drain: (window) => {
        withinMs = window
      }
    }

    const take = (raw: unknown) => {
      const frame = checkServerFrame(raw)
      // Only a fault that is followed by the end is the reason of the end.
      fault = undefined
      if (frame?.t === 'welcome' && !welcome) {
        welcome = frame
        aheadMs = Date.now() - frame.now
        options.onWelcome()
        if (frame.token !== undefined) keeper.keep(frame.token)
        if (credential.ticket === undefined) renewal.goodFor(frame.exp_in)
        resolve({ ...sessionOf(frame, link, { ...options, ...keeper }), isFull: () => (wire.waitingBytes?.() ?? 0) > fullBytes })
      } else if (frame) readFrame(frame, link, news)
      else context.log('debug', 'a frame of the server was not understood')
      if (!welcome || context.signal.aborted) return
      // Any frame is a sign of life; without one for too long the connection is dead, whatever the socket says.
      clearTimeout(deadline)
      deadline = setTimeout(() => end({ code: 'network', message: 'nothing was heard for too long' }), welcome.hb.every + welcome.hb.grace)
      if (withinMs && link.answers.isEmpty()) end({ code: 'busy', message: 'the server is shutting down' })
    }

    context.signal.addEventListener('abort', leave)
    const wire: Wire = options.openWire(options.address, { open: () => link.send(helloOf(context, credential)), frame: take, end })
  })
}

/** A visitor's token: the newest that the server gave, kept by the core. An operator has none. */
function keepToken(link: Link, { token, ticket }: Credential): { readonly token: () => string | undefined; readonly keep: (next: string) => void } {
  let newest = token
  return {
    token: () => newest,
    keep: (next) => {
      if (ticket !== undefined) return
      newest = next
      link.emit({ type: 'saved', saved: { token: next } })
    }
  }
}

function helloOf({ device, logs, department }: ConnectContext, credential: Credential): HelloFrame {
  const subs = logs.slice(0, limits.subscriptionsMax).map(({ c, epoch, have }) => ({ c, epoch, have }))
  return { t: 'hello', v: [PROTOCOL_VERSION, PROTOCOL_VERSION], device, ...credential, subs, ...(department && { department }) }
}

/** Passes on what `welcome` brings: the logs that were named, and who is home. */
function greet({ conversations = [], subs, avail, site = {} }: WelcomeFrame, { emit, logs }: Link, isVisitor: boolean): readonly LogState[] {
  for (const log of conversations) logs.set(log.c, log)
  for (const { c, epoch, head, lastN, reset, events, cursors } of subs) {
    const log: LogState = { ...logs.get(c), c, epoch, head, lastN, reset }
    logs.set(c, log)
    emit({ type: 'log', log })
    // Before the events, or what was read would be news for a moment.
    for (const cursor of cursors) emit({ type: 'receipt', c, ...cursor })
    for (const event of events) emit({ type: 'message', message: messageOf(event), epoch })
  }
  if (isVisitor) emit({ type: 'site', site })
  emit({ type: 'availability', availability: avail })
  return conversations
}

function capsOf({ durability }: WelcomeFrame, { ticket }: Credential, site?: SiteInfo): Capabilities {
  const requests = ticket === undefined ? (site?.requests ?? 'native') : 'none'
  return {
    ...{ durability, idempotentSend: true, presence: 'push', history: true, requests },
    ...{ typingOut: true, typingIn: true, receiptsOut: true, receiptsIn: true }
  }
}

interface SessionParts extends Pick<WireSessionOptions, 'address' | 'credential'> {
  readonly token: () => string | undefined
  readonly keep: (token: string) => void
}

function sessionOf(welcome: WelcomeFrame, link: Link, { address, credential, token, keep }: SessionParts): Session {
  const { you } = welcome
  const isVisitor = credential.ticket === undefined
  const self: Participant = { role: isVisitor ? 'visitor' : 'agent', id: you.id, ...(you.name === undefined ? {} : { name: you.name }) }
  const request: Session['request'] = async (draft) => {
    const answer = await sendRequest(address, token(), draft)
    if ('token' in answer && answer.token !== undefined) keep(answer.token)
    return answer
  }
  return {
    caps: capsOf(welcome, credential, welcome.site),
    order: 'dense',
    you: self,
    conversations: greet(welcome, link, isVisitor),
    send: (draft) => publish(link, self, draft),
    history: createHistory(link),
    open: (details) => openConversation(link, details),
    typing: (c, on) => link.send({ t: 'typing', c, on }),
    receipt: (c, position) => link.send({ t: 'cur', c, ...position }),
    probe: async () => {
      const now = Date.now()
      await link.ask(`p${now}`, { t: 'ping', now }, pongMs)
    },
    ...(isVisitor ? { request } : {})
  }
}

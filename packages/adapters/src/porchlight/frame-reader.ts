import type { ChatError, QueueFrame, ServerFrame, SiteInfo } from '@porchlight/protocol'
import type { Link } from './link.js'
import { errorOf, messageOf } from './translate.js'

/** What a frame may mean for the connection itself. */
export interface ConnectionNews {
  readonly token: (token: string) => void
  /** The credential is good for that long. */
  readonly renewed: (forMs: number | undefined) => void
  /** The credential is not good any more. */
  readonly expired: () => void
  /** The close that follows means this. */
  readonly fault: (error: ChatError) => void
  /** What the site asks for, or says by itself. */
  readonly site: (site: SiteInfo) => void
  /** A place in line, by the server's clock. */
  readonly queue: (frame: QueueFrame) => void
  /** Leave, and come back at some moment of the window. */
  readonly drain: (withinMs: readonly [number, number]) => void
}

type Readers = { readonly [T in ServerFrame['t']]: (frame: Extract<ServerFrame, { t: T }>, link: Link, news: ConnectionNews) => void }

const readers: Readers = {
  welcome: () => undefined,
  ack: (frame, { answers }) => answers.answer(frame.id, frame),
  nack: (frame, { answers }, news) => {
    if (frame.retry === 'auth') news.expired()
    answers.answer(frame.id, frame)
  },
  page: (frame, { answers }) => answers.answer(frame.rid, frame),
  pong: (frame, { answers }) => answers.answer(`p${frame.echo}`, frame),
  ev: (frame, { emit }) => emit({ type: 'message', message: messageOf(frame), epoch: frame.epoch }),
  rcpt: ({ t: _, ...receipt }, { emit }) => emit({ type: 'receipt', ...receipt }),
  typing: ({ c, by, on, ttl }, { emit }) => emit({ type: 'typing', c, by, on, ttlMs: ttl }),
  avail: ({ t: _, ...availability }, { emit }) => emit({ type: 'availability', availability }),
  site: ({ t: _, ...site }, _link, news) => news.site(site),
  queue: (frame, _link, news) => news.queue(frame),
  ping: ({ now, heads = {} }, link) => {
    link.send({ t: 'pong', echo: now })
    reportHeads(heads, link)
  },
  authok: ({ token, exp_in: forMs }, _, news) => {
    if (token !== undefined) news.token(token)
    news.renewed(forMs)
  },
  drain: ({ after }, _, news) => news.drain(after),
  err: (frame, { answers }, news) => {
    const error = errorOf(frame)
    if (frame.ref !== undefined) answers.refuse(frame.ref, error)
    // A frame that an older server does not know is no reason to leave.
    else if (error.code !== 'unsupported') news.fault(error)
  }
}

/** Takes every frame after `welcome`. */
export function readFrame(frame: ServerFrame, link: Link, news: ConnectionNews): void {
  const reader = readers[frame.t] as (frame: ServerFrame, link: Link, news: ConnectionNews) => void
  reader(frame, link, news)
}

/** Heads in a ping show what was lost on a connection that looks alive. */
function reportHeads(heads: Readonly<Record<string, number>>, link: Link): void {
  for (const [c, head] of Object.entries(heads)) {
    const log = link.logs.get(c)
    if (!log) continue
    link.logs.set(c, { ...log, head })
    link.emit({ type: 'log', log: { c, epoch: log.epoch, head } })
  }
}

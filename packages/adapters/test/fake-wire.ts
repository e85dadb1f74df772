import type { ConnectContext, LogPosition, SessionEvent } from '@porchlight/core'
import type { ServerFrame, WelcomeFrame } from '@porchlight/protocol'
import type { OpenWire, WireEnd, WireHandlers } from '../src/porchlight/wire.js'

/** A wire whose other end is the test. */
export interface FakeWire {
  readonly open: OpenWire
  readonly sent: Record<string, unknown>[]
  readonly say: (frame: unknown) => void
  readonly end: (end: WireEnd) => void
  readonly stand: () => void
  readonly isClosed: () => boolean
}

/** A wire that stands when `stand` is called. */
export function fakeWire(): FakeWire {
  const sent: Record<string, unknown>[] = []
  let handlers: WireHandlers | undefined
  let isClosed = false
  return {
    open: (_, given) => {
      handlers = given
      return {
        send: (frame) => void sent.push(frame as Record<string, unknown>),
        close: () => {
          isClosed = true
        }
      }
    },
    sent,
    say: (frame) => handlers?.frame(frame),
    end: (end) => handlers?.end(end),
    stand: () => handlers?.open(),
    isClosed: () => isClosed
  }
}

/** A context that collects what it hears. */
export function aContext(more: { readonly saved?: unknown; readonly logs?: readonly LogPosition[] } = {}): ConnectContext & {
  readonly events: SessionEvent[]
  readonly lines: string[]
  readonly abort: () => void
} {
  const controller = new AbortController()
  const events: SessionEvent[] = []
  const lines: string[] = []
  return {
    saved: null,
    device: 'A'.repeat(22),
    logs: [],
    ...more,
    signal: controller.signal,
    emit: (event) => void events.push(event),
    log: (_, message) => void lines.push(message),
    events,
    lines,
    abort: () => controller.abort()
  }
}

/** The answer to a hello. */
export function aWelcome(more: Partial<WelcomeFrame> = {}): WelcomeFrame {
  return {
    t: 'welcome',
    v: 1,
    conn: 'x_1',
    now: 1_700_000_000_000,
    hb: { every: 20_000, grace: 10_000 },
    limits: { text: 8_000, frame: 65_536 },
    durability: 'fsync',
    you: { id: 'v_ann', verified: false },
    subs: [],
    conversations: [],
    avail: { rev: 1, state: 'online', reason: 'available' },
    ...more
  }
}

/** One event of a log, as the server sends it. */
export function anEvent(seq: number, more: object = {}): Extract<ServerFrame, { t: 'ev' }> {
  return {
    t: 'ev',
    c: 'c_1',
    epoch: 'e1',
    seq,
    ts: 5,
    by: { role: 'agent', id: 'o_ben' },
    k: 'text',
    id: `id-${seq}`,
    data: { text: `text ${seq}` },
    ...more
  }
}

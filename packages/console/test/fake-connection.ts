import type { Connection, ConnectionState, Durability, Log, LogState, Message, OutboxView, PendingMessage } from '@porchlight/core'
import type { Participant } from '@porchlight/protocol'
import { atom, type WritableAtom } from 'nanostores'

/** A log whose stores a test fills by hand. */
export interface FakeLog extends Log {
  readonly $messages: WritableAtom<readonly Message[]>
  readonly $pending: WritableAtom<readonly PendingMessage[]>
  readonly $state: WritableAtom<LogState | null>
  readonly $receipts: WritableAtom<Readonly<Record<string, { readonly by: Participant; readonly delivered: number; readonly read: number }>>>
  readonly $typing: WritableAtom<readonly Participant[]>
  readonly $older: WritableAtom<{ readonly hasMore: boolean; readonly isLoading: boolean }>
  /** Texts that were put into the outbox. */
  readonly published: string[]
  readonly reads: number[]
  readonly typed: boolean[]
  readonly resent: string[]
  readonly discarded: string[]
  /** What the next `publish` rejects with. */
  refusal: Error | null
  /** Older pages, newest first, for `loadOlder`. */
  readonly olderPages: (readonly Message[])[]
  /** Entries arrive from the server, after what is there. */
  readonly arrive: (...messages: readonly Message[]) => void
}

/** A connection without a server. */
export interface FakeConnection extends Connection {
  readonly $connection: WritableAtom<ConnectionState>
  readonly $outbox: WritableAtom<OutboxView>
  readonly $durability: WritableAtom<Durability>
  readonly logs: Map<string, FakeLog>
  readonly log: (c: string) => FakeLog
  readonly forgotten: string[]
  readonly resets: number[]
  /** What waits on the device, of a connection that was not opened. */
  unsent: number
}

export const ann: Participant = { role: 'visitor', id: 'v_1', name: 'Ann' }
export const olive: Participant = { role: 'agent', id: 'o_1', name: 'Olive Owner' }

/** An entry of a log; a test names only what it is about. */
export function aMessage(part: Partial<Message> & { readonly order: number; readonly text?: string }): Message {
  const { text = `text ${part.order}`, ...rest } = part
  return {
    c: 'c_1',
    id: `id-${part.c ?? 'c_1'}-${part.order}`,
    cursor: String(part.order),
    at: part.order * 1_000,
    by: ann,
    k: 'text',
    body: { text },
    ...rest
  }
}

export function fakeLog(c: string): FakeLog {
  const $messages = atom<readonly Message[]>([])
  const $pending = atom<readonly PendingMessage[]>([])
  const $state = atom<LogState | null>(null)
  const log: FakeLog = {
    c,
    $messages,
    $pending,
    $state,
    $receipts: atom({}),
    $typing: atom<readonly Participant[]>([]),
    $older: atom({ hasMore: false, isLoading: false }),
    published: [],
    reads: [],
    typed: [],
    resent: [],
    discarded: [],
    refusal: null,
    olderPages: [],
    arrive: (...messages) => {
      const all = [...$messages.get(), ...messages]
      $state.set({ c, epoch: 'e1', head: all.at(-1)?.order ?? 0 })
      $messages.set(all)
    },
    publish: async (k, body) => {
      if (log.refusal) throw log.refusal
      const id = `own-${c}-${log.published.push(String(body['text']))}`
      $pending.set([...$pending.get(), { c, id, n: log.published.length, k, body, at: Date.now(), state: 'pending' }])
      return id
    },
    resend: (id) => void log.resent.push(id),
    discard: (id) => void log.discarded.push(id),
    setTyping: (on) => void log.typed.push(on),
    markRead: (order) => void log.reads.push(order),
    loadOlder: async () => {
      const page = log.olderPages.shift() ?? []
      $messages.set([...page, ...$messages.get()])
      log.$older.set({ hasMore: log.olderPages.length > 0, isLoading: false })
    }
  }
  return log
}

export function fakeConnection(): FakeConnection {
  const logs = new Map<string, FakeLog>()
  const forgotten: string[] = []
  const resets: number[] = []
  const connection: FakeConnection = {
    $connection: atom<ConnectionState>({ state: 'open', attempt: 0, deviceOffline: false }),
    $capabilities: atom(null),
    $availability: atom(null),
    $you: atom(olive),
    $conversations: atom([]),
    $durability: atom<Durability>('persistent'),
    $outbox: atom<OutboxView>({ count: 0, isFull: false }),
    logs,
    forgotten,
    resets,
    unsent: 0,
    countUnsent: async () => connection.unsent,
    log: (c) => {
      const log = logs.get(c) ?? fakeLog(c)
      logs.set(c, log)
      return log
    },
    forget: (c) => void forgotten.push(c),
    connect: () => {},
    disconnect: () => {},
    withSession: () => Promise.reject(new Error('there is no session')),
    reset: async () => {
      resets.push(1)
      return 0
    },
    destroy: () => {}
  }
  return connection
}

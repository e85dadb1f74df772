import type { Chat, ChatAdapter, ConnectContext, Log, Message, Session, SessionEvent } from '@porchlight/core'
import { isChatError, type Participant } from '@porchlight/protocol'
import type { HistoryBubble } from './entry.js'
import type { HistoryRecorder } from './recorder.js'

/** Whose doings are written where. */
export interface RecordOptions {
  readonly history: HistoryRecorder
  /** The party's name in the history. */
  readonly party: string
  /** Names an entry's text for the history; undefined leaves it out. Default: the text of its body. */
  readonly keyOf?: ((message: Pick<Message, 'k' | 'body'>) => string | undefined) | undefined
}

/** The text of an entry, by which a history knows it. */
export function textOf({ k, body }: Pick<Message, 'k' | 'body'>): string | undefined {
  return k === 'text' && typeof body['text'] === 'string' ? body['text'] : undefined
}

/**
 * Writes into a history what an adapter brings a party and what the party tells it: connections with their generations, entries
 * heard, answers to sends, receipts both ways, availability.
 *
 * @example
 * ```ts
 * import { createChat } from '@porchlight/core'
 * import { createMemoryBackend, memoryAdapter } from '@porchlight/adapters/memory'
 * import { createHistory, recordAdapter, recordChat } from '@porchlight/adapters/testing'
 *
 * const history = createHistory()
 * const adapter = recordAdapter(memoryAdapter({ backend: createMemoryBackend() }), { history, party: 'ann' })
 * const chat = createChat({ adapter })
 * const stop = recordChat(chat, { history, party: 'ann' })
 * ```
 */
export function recordAdapter(adapter: ChatAdapter, options: RecordOptions): ChatAdapter {
  const record = recordOf(options)
  let newest = 0
  const connect = async (context: ConnectContext): Promise<Session> => {
    const mine = ++newest
    const emit = (event: SessionEvent) => {
      // What an ended connection still brings is nobody's any more.
      if (mine === newest) note(event, record)
      context.emit(event)
    }
    const session = await adapter.connect({ ...context, emit })
    record({ type: 'linked', isUp: true })
    context.signal.addEventListener('abort', () => record({ type: 'linked', isUp: false }))
    return recordSession(session, (fact) => {
      if (mine === newest) record(fact)
    })
  }
  // What is said here may be lost on its way to the core.
  return withGenerations({ ...adapter, connect }, recordOf(options), { client: options.party, isNextToCore: false })
}

/**
 * Writes into a history each attempt of a party to connect, each generation of its connection, how it ended, and where an older one ended a newer one. Put it next to the core, in front of
 * whatever else stands between it and the backend.
 */
export function recordGenerations(adapter: ChatAdapter, options: RecordOptions): ChatAdapter {
  return withGenerations(adapter, recordOf(options), { client: options.party, isNextToCore: true })
}

function withGenerations(adapter: ChatAdapter, record: Record, how: { readonly client: string; readonly isNextToCore: boolean }): ChatAdapter {
  const { client, isNextToCore } = how
  let generation = 0
  let newest: AbortSignal | undefined
  const connect = async (context: ConnectContext): Promise<Session> => {
    const mine = ++generation
    newest = context.signal
    if (isNextToCore) record({ type: 'attempt', client })
    const ended = (waitMs: number | undefined) => {
      // What is said after its own end is said to nobody.
      if (isNextToCore && mine === generation && !context.signal.aborted) record({ type: 'ended', client, waitMs })
    }
    const emit = (event: SessionEvent) => {
      const other = newest
      const stood = mine < generation && other !== undefined && !other.aborted
      if (event.type === 'closed') ended(askedToWait(event))
      context.emit(event)
      if (stood && other.aborted) record({ type: 'effect', client, generation: mine, on: 'session' })
    }
    const session = await adapter.connect({ ...context, emit }).catch((error: unknown) => {
      ended(isChatError(error) && error.retry !== 'never' ? error.afterMs : undefined)
      throw error
    })
    record({ type: 'welcomed', client, generation: mine })
    return session
  }
  return { ...adapter, connect }
}

/** Whose place was taken by newer ones of his own may come back as soon as he wants to. */
function askedToWait({ error, afterMs, withinMs, isReplaced }: Extract<SessionEvent, { readonly type: 'closed' }>): number | undefined {
  return isReplaced || error.retry === 'never' ? undefined : (withinMs?.[0] ?? afterMs ?? error.afterMs)
}

function recordOf({ history, party }: RecordOptions): Record {
  return (fact) => history.record(party, fact)
}

type Record = (fact: Parameters<HistoryRecorder['record']>[1]) => void

function note(event: SessionEvent, record: Record): void {
  if (event.type === 'message') {
    const { c, id, order } = event.message
    record({ type: 'heard', c, epoch: event.epoch, seq: order, id })
  } else if (event.type === 'receipt') record({ type: 'receipt', c: event.c, of: event.by.id, delivered: event.delivered, read: event.read })
  else if (event.type === 'availability') record({ type: 'availability', state: event.availability.state, rev: event.availability.rev })
}

function recordSession(session: Session, record: Record): Session {
  const { receipt } = session
  return {
    ...session,
    send: async (draft) => {
      const outcome = await session.send(draft)
      if (outcome.outcome === 'stored') record({ type: 'acked', c: draft.c, seq: outcome.message.order, id: draft.id })
      return outcome
    },
    history: async (query) => {
      const page = await session.history(query)
      for (const { c, id, order } of page.messages) record({ type: 'heard', c, epoch: page.log.epoch, seq: order, id })
      return page
    },
    ...(receipt
      ? {
          receipt: (c, cursor) => {
            record({ type: 'cursor', c, delivered: cursor.delivered, read: cursor.read })
            receipt(c, cursor)
          }
        }
      : {})
  }
}

/** Writes down everything that a customer's chat shows, at every change. Returns its stop. */
export function recordChat(chat: Pick<Chat, '$messages'>, { history, party, keyOf = textOf }: RecordOptions): () => void {
  let shown: string | undefined
  return chat.$messages.listen((messages) => {
    // What failed may come from another log.
    const c = (messages.find(({ state }) => state !== 'failed') ?? messages.at(-1))?.c
    if (shown !== undefined && shown !== c) history.record(party, { type: 'left', c: shown })
    shown = c
    if (c === undefined) return
    const bubbles = messages.map((message): HistoryBubble => {
      const { id, order, state } = message
      return { id, seq: state === 'pending' || state === 'failed' ? null : order, key: keyOf(message), state }
    })
    history.record(party, { type: 'view', c, bubbles })
  })
}

/** Writes down everything that one log of a connection shows, at every change. Returns its stop. */
export function recordLog(
  log: Pick<Log, 'c' | '$messages' | '$pending' | '$receipts'>,
  options: RecordOptions & { readonly you: () => Participant | null }
): () => void {
  const { history, party, keyOf = textOf, you } = options
  const write = () => {
    const stored = log.$messages
      .get()
      .map((message): HistoryBubble => ({ id: message.id, seq: message.order, key: keyOf(message), state: stateOf(message) }))
    const known = new Set(stored.map(({ id }) => id))
    const waiting = log.$pending.get().filter(({ id }) => !known.has(id))
    const unsent = waiting.map((item): HistoryBubble => ({ id: item.id, seq: null, key: keyOf(item), state: item.state }))
    history.record(party, { type: 'view', c: log.c, bubbles: [...stored, ...unsent] })
  }
  const stateOf = ({ by, order }: Message) => {
    if (by.id !== you()?.id) return 'received'
    const others = Object.values(log.$receipts.get()).filter((receipt) => receipt.by.id !== by.id)
    if (others.some(({ read }) => read >= order)) return 'read'
    return others.some(({ delivered }) => delivered >= order) ? 'delivered' : 'sent'
  }
  const stops = [log.$messages.listen(write), log.$pending.listen(write), log.$receipts.listen(write)]
  return () => {
    for (const stop of stops) stop()
  }
}

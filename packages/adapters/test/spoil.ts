import type { ChatAdapter, ConnectContext, HistoryPage, HistoryQuery, Session, SessionEvent } from '@porchlight/core'

/** Breaks an adapter. */
export type Spoil = (adapter: ChatAdapter) => ChatAdapter

/** A way to be wrong, and the case that finds it. */
export interface Fault {
  readonly does: string
  readonly found: string
  readonly spoil: Spoil
}

/** Changes what an adapter connects to. */
export function session(change: (session: Session, context: ConnectContext) => Partial<Session>): Spoil {
  return (adapter) => ({
    ...adapter,
    connect: async (context) => {
      const made = await adapter.connect(context)
      return { ...made, ...change(made, context) }
    }
  })
}

/** Changes what an adapter tells; undefined keeps it to itself. */
export function events(change: (event: SessionEvent) => SessionEvent | undefined): Spoil {
  return (adapter) => ({
    ...adapter,
    connect: (context) =>
      adapter.connect({
        ...context,
        emit: (event) => {
          const told = change(event)
          if (told) context.emit(told)
        }
      })
  })
}

/** Changes what a reading is answered with. */
export const history = (change: (page: HistoryPage, query: HistoryQuery) => Partial<HistoryPage>): Spoil =>
  session(({ history: read }) => ({
    history: async (query) => {
      const page = await read(query)
      return { ...page, ...change(page, query) }
    }
  }))

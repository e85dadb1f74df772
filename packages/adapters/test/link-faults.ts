import type { ChatAdapter, ConnectContext, Draft, Message, Session } from '@porchlight/core'
import { type Fault, history, type Spoil, session } from './spoil.js'

/** An adapter that is broken in a way that takes several sessions to see: what is made here is shared by all of them. */
function across<Shared>(make: () => Shared, change: (made: Session, shared: Shared, context: ConnectContext) => Partial<Session>): Spoil {
  return (adapter) => {
    const shared = make()
    return session((made, context) => change(made, shared, context))(adapter)
  }
}

/** What is sent again, on whatever session, gets another id and the next number. */
const storesRepeats = across(
  () => ({ sent: new Set<string>(), newest: 0 }),
  ({ send }, shared) => ({
    send: (draft) => {
      const isAgain = shared.sent.has(draft.id)
      shared.sent.add(draft.id)
      shared.newest = Math.max(draft.n, shared.newest + (isAgain ? 1 : 0))
      return send(isAgain ? { ...draft, id: draft.id.replace(/.{4}$/, '0000'), n: shared.newest } : draft)
    }
  })
)

const changesPlaces = across(
  () => new Set<string>(),
  ({ send }, sent) => ({
    send: async (draft) => {
      const isAgain = sent.has(draft.id)
      sent.add(draft.id)
      const outcome = await send(draft)
      return isAgain && outcome.outcome === 'stored' ? { ...outcome, message: { ...outcome.message, order: outcome.message.order + 1 } } : outcome
    }
  })
)

/** Hands the newest over first, and numbers as it goes. */
const newestFirst: Spoil = session(({ send }) => {
  let waiting: { readonly draft: Draft; readonly resolve: (sent: ReturnType<Session['send']>) => void }[] = []
  return {
    send: (draft) =>
      new Promise((resolve) => {
        waiting.push({ draft, resolve })
        setTimeout(() => {
          const numbers = waiting.map((each) => each.draft.n)
          for (const [index, each] of waiting.reverse().entries()) each.resolve(send({ ...each.draft, n: numbers[index] as number }))
          waiting = []
        }, 60)
      })
  }
})

/** Answers at once, and writes a moment later what was not lost with the connection until then. */
const answersBeforeItStores: Spoil = (adapter) => ({
  ...adapter,
  connect: async (context) => {
    let head = 0
    const emit: ConnectContext['emit'] = (event) => {
      if (event.type === 'message') head = Math.max(head, event.message.order)
      context.emit(event)
    }
    const made = await adapter.connect({ ...context, emit })
    return {
      ...made,
      history: async (query) => {
        const page = await made.history(query)
        head = Math.max(head, page.log.head)
        return page
      },
      send: async (draft) => {
        setTimeout(() => context.signal.aborted || void made.send(draft), 20)
        const { c, id, k, body } = draft
        const message: Message = { ...{ c, id, k, body }, cursor: String(++head), order: head, at: 0, by: made.you }
        return { outcome: 'stored', message }
      }
    }
  }
})

/** Keeps one connection in mind, and whatever ends, ends it. */
const endsTheNewest: Spoil = (adapter) => {
  let newest: ConnectContext | undefined
  return {
    ...adapter,
    connect: async (context) => {
      newest = context
      const { code, message } = { code: 'network', message: 'ended' } as const
      const error = Object.assign(new Error(message), { code, retry: 'later' }) as never
      context.signal.addEventListener('abort', () => newest !== context && newest?.emit({ type: 'closed', error }))
      return adapter.connect(context)
    }
  }
}

/** Changes what sessions after the first tell. */
function later(change: (event: Parameters<ConnectContext['emit']>[0]) => Parameters<ConnectContext['emit']>[0]): Spoil {
  return (adapter: ChatAdapter) => {
    let count = 0
    return {
      ...adapter,
      connect: (context) => {
        const isFirst = ++count === 1
        return adapter.connect({ ...context, emit: (event) => context.emit(isFirst ? event : change(event)) })
      }
    }
  }
}

const everything = [1, 2].map(
  (seed): Fault => ({
    does: `answers before it stores (seed ${seed})`,
    found: `whatever happens to a link, nothing is lost, doubled or put in another order (seed ${seed})`,
    spoil: answersBeforeItStores
  })
)

/** Ways to be wrong that show on a broken link. */
export const linkFaults: readonly Fault[] = [
  ...everything,
  {
    does: 'counts from one again on every connection',
    found: 'a text whose connection breaks before it arrives is stored once when it is sent again',
    spoil: session(({ send }) => {
      let n = 0
      return { send: (draft) => send({ ...draft, n: ++n }) }
    })
  },
  {
    does: 'stores what is sent again on another connection',
    found: 'a text whose connection breaks after it arrived is stored once when it is sent again',
    spoil: storesRepeats
  },
  {
    does: 'forgets who the visitor was when his connection falls silent',
    found: 'what is sent into silence is sent again, and what was said meanwhile is there',
    spoil: (adapter) => ({ ...adapter, connect: (context) => adapter.connect({ ...context, saved: null }) })
  },
  {
    does: 'gives what is sent again another place',
    found: 'texts that arrive while nothing comes back keep their places when they are sent again',
    spoil: changesPlaces
  },
  { does: 'hands over the newest first', found: 'on a slow link everybody’s texts keep their order', spoil: newestFirst },
  {
    does: 'stores a copy that comes late',
    found: 'a copy that comes late, on a connection that was given up, changes nothing',
    spoil: storesRepeats
  },
  {
    does: 'leaves out what it believes to have told',
    found: 'entries that are told twice, or lost while the connection stands, are there once',
    spoil: history(({ messages }, { after }) => (after ? { messages: messages.slice(1) } : {}))
  },
  {
    does: 'opens a conversation for each connection',
    found: 'a conversation whose opening was answered into a broken connection is opened once',
    spoil: across(
      () => ({ count: 0 }),
      ({ open }, shared) => ({ open: (details) => open!({ ...details, id: `${details.id}${++shared.count}` }) })
    )
  },
  {
    does: 'begins its receipts anew on each connection',
    found: 'how far somebody has read never goes back, whatever happens to the link',
    spoil: later((event) => (event.type === 'receipt' ? { ...event, read: 0 } : event))
  },
  {
    does: 'counts its revisions anew on each connection',
    found: 'who is home is told with a revision that never goes back, also on the next connection',
    spoil: later((event) => (event.type === 'availability' ? { ...event, availability: { ...event.availability, rev: 1 } } : event))
  },
  {
    does: 'lets everybody in as the same visitor',
    found: 'whoever names a log of somebody else hears nothing of it, also when he comes back',
    spoil: (adapter) => ({ ...adapter, connect: (context) => adapter.connect({ ...context, saved: { token: 'one for all' } }) })
  },
  { does: 'ends the newest connection whichever ends', found: 'the end of an older connection does not touch the newer one', spoil: endsTheNewest },
  {
    does: 'keeps a request once for each connection',
    found: 'a request whose answer is lost again and again is one request',
    spoil: across(
      () => ({ count: 0 }),
      ({ request }, shared) => ({ request: (draft) => request!({ ...draft, id: `${draft.id}${++shared.count}` }) })
    )
  },
  {
    does: 'never finds what it stored before the connection broke',
    found: 'a text whose outcome is unknown is looked for before it is sent again, and stored once',
    spoil: session(() => ({ reconcile: async () => null }))
  }
]

import type { Message, Session, SessionEvent } from '@porchlight/core'
import type { Availability } from '@porchlight/protocol'
import { linkFaults } from './link-faults.js'
import { events, type Fault, history, type Spoil, session } from './spoil.js'

/** Everything goes on although it was asked to end. */
const deaf: Spoil = (adapter) => ({ ...adapter, connect: (context) => adapter.connect({ ...context, signal: new AbortController().signal }) })

const away: Availability = { rev: 1, state: 'away', reason: 'not_available' }

const sending: readonly Fault[] = [
  {
    does: 'says stored before it is',
    found: 'a sent message is stored and reaches the operator',
    spoil: session(() => ({ send: async () => ({ outcome: 'stored', message: {} as never }) }))
  },
  {
    does: 'does not tell the author what he wrote',
    found: 'the author hears of the own message like everybody else',
    spoil: events((event) => (event.type === 'message' && event.message.by.role === 'visitor' ? undefined : event))
  },
  {
    does: 'stores a repeat as another message',
    found: 'the same id twice is stored once, at the same place',
    spoil: session(({ send }) => {
      let count = 0
      return { send: (draft) => send({ ...draft, id: draft.id.replace(/.{4}$/, String(++count).padStart(4, '0')), n: count }) }
    })
  },
  {
    does: 'throws plain errors',
    found: 'an id with other words is a conflict, and the first stays',
    spoil: session(({ send }) => ({
      send: (draft) =>
        send(draft).catch(() => {
          throw new Error('no')
        })
    }))
  },
  {
    does: 'never finds what it stored',
    found: 'a message whose outcome is unknown is found when it was stored, and only then',
    spoil: session(() => ({ reconcile: async () => null }))
  },
  {
    does: 'loses the order of the author',
    found: 'messages sent at once keep their author’s order',
    spoil: session(({ send }) => ({ send: (draft) => send({ ...draft, n: 9 - draft.n }) }))
  },
  {
    does: 'closes a hole in the numbers by itself',
    found: 'a number that comes too early is answered with the one that is next',
    spoil: session(({ send }) => {
      let n = 0
      return { send: (draft) => send({ ...draft, n: ++n }) }
    })
  },
  {
    does: 'stops at the first refusal',
    found: 'a refused message does not hold up the next one',
    spoil: session(({ send }) => {
      let last: Promise<unknown> = Promise.resolve()
      return {
        send: (draft) => {
          const sent = last.then(() => send(draft))
          last = sent
          return sent
        }
      }
    })
  },
  {
    does: 'trims what was typed',
    found: 'any text comes back as it went out',
    spoil: session(({ send }) => ({ send: (draft) => send({ ...draft, body: { text: String(draft.body['text']).trim() } }) }))
  },
  {
    does: 'takes every browser for the same visitor',
    found: 'a conversation of somebody else can neither be written nor read',
    spoil: (adapter) => ({ ...adapter, connect: (context) => adapter.connect({ ...context, saved: { token: 'one for all' } }) })
  }
]

const reading: readonly Fault[] = [
  {
    does: 'answers history newest first',
    found: 'the newest entries come in ascending order, and say that older ones wait',
    spoil: history(({ messages }) => ({ messages: [...messages].reverse() }))
  },
  {
    does: 'hides that there is more',
    found: 'older entries can be read page by page to the first',
    spoil: history((_, { before }) => (before ? { more: false } : {}))
  },
  {
    does: 'leaves a hole in history',
    found: 'what came after a position can be read page by page to the last',
    spoil: history(({ messages }, { after }) => (after ? { messages: messages.filter((_, index) => index !== 1) } : {}))
  },
  {
    does: 'does not say that a log is another one',
    found: 'a position beyond the end of the log is answered with a reset',
    spoil: history(({ log: { reset: _, ...log } }) => ({ log }))
  },
  {
    does: 'counts in twos and calls it dense',
    found: 'numbers have no holes, whoever wrote',
    spoil: history(({ messages }) => ({ messages: messages.map((message) => ({ ...message, order: message.order * 2 })) }))
  },
  {
    does: 'gives each side another order',
    found: 'two participants see the same texts in the same order',
    spoil: history(({ messages }) => ({ messages: [...messages.slice(0, 1), ...messages.slice(1).reverse()] }))
  }
]

const lives: readonly Fault[] = [
  {
    does: 'forgets who the visitor was',
    found: 'what was saved brings the same visitor back to the same conversation',
    spoil: (adapter) => ({ ...adapter, connect: (context) => adapter.connect({ ...context, saved: null }) })
  },
  {
    does: 'breaks over something saved by another version',
    found: 'something saved that is no session of this backend begins a new one',
    spoil: (adapter) => ({
      ...adapter,
      connect: (context) => adapter.connect({ ...context, saved: (context.saved as { token: string }).token.trim() })
    })
  },
  {
    does: 'loses what came while away',
    found: 'what came while away is there after the next connect, once and in order',
    spoil: history((_, { after }) => (after ? { messages: [] } : {}))
  },
  { does: 'goes on talking after it was left', found: 'nothing is heard after the signal was aborted', spoil: deaf },
  { does: 'goes on sending after it was left', found: 'a session that was left refuses with a ChatError or an unknown outcome', spoil: deaf },
  { does: 'connects although it was told not to', found: 'an attempt that was aborted before it stood is refused with a ChatError', spoil: deaf },
  {
    does: 'keeps the end of the session to itself',
    found: 'a broken connection is told once, as a ChatError that may be tried again',
    spoil: events((event) => (event.type === 'closed' ? undefined : event))
  },
  {
    does: 'tells the end twice',
    found: 'a broken connection is told once, as a ChatError that may be tried again',
    spoil: (adapter) => ({
      ...adapter,
      connect: (context) =>
        adapter.connect({
          ...context,
          emit: (event) => {
            context.emit(event)
            if (event.type === 'closed') context.emit(event)
          }
        })
    })
  },
  {
    does: 'calls a dead connection open',
    found: 'no connection can be had while the way is cut, and one can after it',
    spoil: (adapter) => ({ ...adapter, connect: (context) => adapter.connect(context).catch(() => ({}) as Session) })
  },
  {
    does: 'takes an unknown outcome for stored',
    found: 'a send whose answer was lost can be repeated on the next session',
    spoil: session(({ send }) => ({
      send: async (draft) => {
        const outcome = await send(draft)
        return outcome.outcome === 'unknown' ? { outcome: 'stored', message: { id: draft.id } as Message } : outcome
      }
    }))
  },
  {
    does: 'opens a conversation at every try',
    found: 'a conversation opened twice under one id is one conversation',
    spoil: session(({ open }) => {
      let count = 0
      return { open: (details) => open!({ ...details, id: `${details.id}${++count}` }) }
    })
  },
  {
    does: 'revokes nothing',
    found: 'a session that was revoked does not bring its visitor back',
    spoil: (adapter) => ({ ...adapter, revoke: async () => undefined })
  },
  {
    does: 'lets those stay who stand there under a session that is revoked',
    found: 'who stands there under a session that is revoked is thrown out, and nobody else',
    spoil: events((event) => (event.type === 'closed' ? undefined : event))
  },
  {
    does: 'takes a second revocation amiss',
    found: 'revoking again, or what is no session of this backend, is no error',
    spoil: (adapter) => {
      let count = 0
      return {
        ...adapter,
        revoke: async () => {
          if (++count > 1) throw new Error('there is none')
        }
      }
    }
  },
  {
    does: 'calls a revocation done that nobody heard',
    found: 'a revocation that did not reach the backend is refused with a ChatError',
    spoil: (adapter) => ({ ...adapter, revoke: async (saved) => adapter.revoke?.(saved).catch(() => undefined) })
  },
  {
    does: 'does not answer a probe',
    found: 'a live session answers a probe',
    spoil: session(() => ({ probe: () => Promise.reject(new Error('no answer')) }))
  }
]

const live: readonly Fault[] = [
  { does: 'loses answers', found: 'an answer arrives while connected', spoil: events((event) => (event.type === 'message' ? undefined : event)) },
  {
    does: 'lets answers overtake each other',
    found: 'answers arrive in the order they were written',
    spoil: (adapter) => ({
      ...adapter,
      connect: (context) => {
        let held: SessionEvent | undefined
        return adapter.connect({
          ...context,
          emit: (event) => {
            if (event.type === 'message' && event.message.body['text'] === 'two') held = event
            else context.emit(event)
            if (event.type === 'message' && event.message.body['text'] === 'three' && held) context.emit(held)
          }
        })
      }
    })
  },
  { does: 'keeps its typing to itself', found: 'typing reaches the operator', spoil: session(() => ({ typing: () => undefined })) },
  {
    does: 'keeps to itself what was read',
    found: 'how far the visitor has read reaches the operator',
    spoil: session(({ receipt }) => ({ receipt: (c, { delivered }) => receipt?.(c, { delivered, read: 0 }) }))
  },
  {
    does: 'lets typing last for ever',
    found: 'typing reaches this side',
    spoil: events((event) => (event.type === 'typing' ? { ...event, ttlMs: 0 } : event))
  },
  {
    does: 'calls read what was not delivered',
    found: 'receipts reach this side, and read is never beyond delivered',
    spoil: events((event) => (event.type === 'receipt' ? { ...event, read: event.delivered + 1 } : event))
  },
  {
    does: 'gives one revision to all it says',
    found: 'who is home is told at the start and at every change, with a growing revision',
    spoil: events((event) => (event.type === 'availability' ? { ...event, availability: { ...event.availability, rev: 1 } } : event))
  },
  {
    does: 'always answers the same when asked',
    found: 'who is home is answered when it is asked',
    spoil: session(() => ({ availability: async () => away }))
  },
  {
    does: 'has a light that never changes',
    found: 'who is home is answered without a session',
    spoil: (adapter) => ({ ...adapter, light: async () => away })
  }
]

/** What was answered to a request, whoever left it. */
const receipts = new Map<string, ReturnType<NonNullable<Session['request']>>>()

const others: readonly Fault[] = [
  {
    does: 'keeps requests without a reference',
    found: 'a request gets a reference',
    spoil: session(({ request }) => ({ request: async (draft) => ({ ...(await request!(draft)), reference: '' }) }))
  },
  {
    does: 'keeps a request once for each try',
    found: 'the same request again gets the same reference, however often it is sent',
    spoil: session(({ request }) => {
      let count = 0
      return { request: (draft) => request!({ ...draft, id: `${draft.id}${++count}` }) }
    })
  },
  {
    does: 'takes another request under the same id for the first',
    found: 'a request under the id of another one is a conflict',
    spoil: session(({ request }) => {
      let first: ReturnType<NonNullable<typeof request>> | undefined
      return {
        request: (draft) => {
          first ??= request!(draft)
          return first
        }
      }
    })
  },
  {
    does: 'gives the receipt of a request to whoever names its id',
    found: 'a request under the id of another visitor’s is a conflict, and tells nothing of his',
    spoil: session(({ request }) => ({
      request: (draft) => {
        const receipt = receipts.get(draft.id) ?? request!(draft)
        receipts.set(draft.id, receipt)
        return receipt
      }
    }))
  },
  {
    does: 'writes its credential into the log',
    found: 'no secret of the saved session is in the log or in an event that is shown',
    spoil: (adapter) => ({
      ...adapter,
      connect: (context) =>
        adapter.connect({
          ...context,
          emit: (event) => {
            if (event.type === 'saved') context.log('debug', JSON.stringify(event.saved))
            context.emit(event)
          }
        })
    })
  },
  {
    does: 'writes texts into the log',
    found: 'no text of a customer is in the log',
    spoil: session(({ send }, context) => ({
      send: (draft) => {
        context.log('debug', JSON.stringify(draft))
        return send(draft)
      }
    }))
  }
]

/** At least one way to be wrong for every case of the suite. */
export const faults: readonly Fault[] = [...sending, ...reading, ...lives, ...live, ...others, ...linkFaults]

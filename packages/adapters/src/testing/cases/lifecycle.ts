import { isChatError } from '@porchlight/protocol'
import { equal, ok, refuses } from '../assert.js'
import type { ConformanceCase } from '../harness.js'
import { type Joined, newId, textsOf } from '../join.js'

function positionOf(joined: Joined, c: string): { c: string; epoch: string; have: number; cursor: string } {
  const [last] = joined.events.flatMap((event) => (event.type === 'message' && event.message.c === c ? [event] : [])).slice(-1)
  ok(last, 'a message was heard')
  return { c, epoch: last.epoch, have: last.message.order, cursor: last.message.cursor }
}

/** How sessions begin, end and go on. */
export const lifecycleCases: readonly ConformanceCase[] = [
  {
    name: 'what was saved brings the same visitor back to the same conversation',
    run: async ({ join }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      await ann.say(c, 1, 'Hello')
      ann.leave()
      const back = await join({ saved: ann.saved(), device: ann.device })
      equal(back.session.you.id, ann.session.you.id, 'the visitor')
      ok(
        back.session.conversations.some((log) => log.c === c),
        'the conversation is listed'
      )
    }
  },
  {
    name: 'something saved that is no session of this backend begins a new one',
    run: async ({ join }) => {
      const ann = await join({ saved: { what: 'another shape' } })
      ok(ann.session.you.id !== '', 'a visitor')
      equal(ann.session.conversations.length, 0, 'conversations')
    }
  },
  {
    name: 'what came while away is there after the next connect, once and in order',
    needs: ['history'],
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      const { id } = await ann.say(c, 1, 'Hello')
      await ann.heard('message', ({ message }) => message.id === id)
      const position = positionOf(ann, c)
      ann.leave()
      for (const text of ['one', 'two', 'three']) await harness.operator.reply(c, text)
      const back = await join({ saved: ann.saved(), device: ann.device, logs: [position] })
      const page = await back.session.history({ c, after: position, limit: 50, subscribe: true })
      equal(textsOf(page.messages), ['one', 'two', 'three'], 'what history holds after the position')
      const pushed = back.events.flatMap((event) => (event.type === 'message' ? [event.message] : []))
      ok(
        pushed.every(({ order }) => order > position.have),
        'nothing that is held is sent again'
      )
    }
  },
  {
    name: 'nothing is heard after the signal was aborted',
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      await ann.say(c, 1, 'Hello')
      await ann.silence()
      ann.leave()
      const count = ann.events.length
      await harness.operator.reply(c, 'Are you there?')
      await harness.operator.available?.(true)
      await ann.silence()
      equal(ann.events.length, count, 'events')
    }
  },
  {
    name: 'a session that was left refuses with a ChatError or an unknown outcome',
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      ann.leave()
      const outcome = await ann.session.send(ann.draft(c, 1, 'too late')).catch((error: unknown) => error)
      ok(isChatError(outcome) || (outcome as { outcome?: string }).outcome === 'unknown', 'the outcome of a send')
      await refuses(ann.session.history({ c, limit: 10 }), [], 'reading')
      equal(await harness.operator.texts(c), [], 'what the operator sees')
    }
  },
  {
    name: 'an attempt that was aborted before it stood is refused with a ChatError',
    run: async ({ harness }) => {
      const controller = new AbortController()
      const events: unknown[] = []
      const attempt = harness.createAdapter().connect({
        saved: null,
        device: 'AAAAAAAAAAAAAAAAAAAAAA',
        logs: [],
        signal: controller.signal,
        emit: (event) => void events.push(event),
        log: () => undefined
      })
      controller.abort()
      await refuses(attempt, [], 'the attempt')
      equal(events, [], 'events')
    }
  },
  {
    name: 'a broken connection is told once, as a ChatError that may be tried again',
    needs: ['cut'],
    run: async ({ join, harness }) => {
      const ann = await join()
      await harness.cut?.()
      const { error } = await ann.heard('closed')
      ok(isChatError(error) && error.retry === 'later', 'the error')
      await ann.silence()
      equal(ann.events.filter(({ type }) => type === 'closed').length, 1, 'how often')
      await harness.restore?.()
    }
  },
  {
    name: 'no connection can be had while the way is cut, and one can after it',
    needs: ['cut'],
    run: async ({ join, harness }) => {
      const ann = await join()
      await harness.cut?.()
      await ann.heard('closed')
      await refuses(join({ saved: ann.saved() }), [], 'connecting')
      await harness.restore?.()
      const back = await join({ saved: ann.saved() })
      equal(back.session.you.id, ann.session.you.id, 'the visitor')
    }
  },
  {
    name: 'a send whose answer was lost can be repeated on the next session',
    needs: ['cut', 'idempotentSend'],
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      const draft = ann.draft(c, 1, 'Hello')
      const sending = ann.session.send(draft).catch((error: unknown) => error)
      await harness.cut?.()
      const outcome = await sending
      // Nobody may call stored what the backend does not have.
      if ((outcome as { outcome?: string }).outcome === 'stored') equal(await harness.operator.texts(c), ['Hello'], 'what was called stored')
      await harness.restore?.()
      const back = await join({ saved: ann.saved(), device: ann.device })
      await back.session.send(draft)
      equal(await harness.operator.texts(c), ['Hello'], 'what the operator sees')
    }
  },
  {
    name: 'a conversation opened twice under one id is one conversation',
    needs: ['open'],
    run: async ({ join }) => {
      const ann = await join()
      const id = newId()
      const first = await ann.session.open?.({ id })
      const again = await ann.session.open?.({ id })
      ok(first && first.c === again?.c, 'the conversation')
    }
  },
  {
    name: 'a session that was revoked does not bring its visitor back',
    needs: ['revoke'],
    run: async ({ join, harness }) => {
      const ann = await join()
      ann.leave()
      await harness.createAdapter().revoke?.(ann.saved())
      const id = await join({ saved: ann.saved() }).then(
        ({ session }) => session.you.id,
        () => 'refused'
      )
      ok(id !== ann.session.you.id, 'another visitor, or a refusal')
    }
  },
  {
    name: 'who stands there under a session that is revoked is thrown out, and nobody else',
    needs: ['revoke'],
    run: async ({ join, harness }) => {
      const [ann, bea] = [await join(), await join()]
      await harness.createAdapter().revoke?.(ann.saved())
      ok(isChatError((await ann.heard('closed')).error), 'the error')
      await bea.silence()
      ok(!bea.events.some(({ type }) => type === 'closed'), 'another visitor stays')
      const { c } = await bea.conversation()
      await bea.say(c, 1, 'Hello')
    }
  },
  {
    name: 'revoking again, or what is no session of this backend, is no error',
    needs: ['revoke'],
    run: async ({ join, harness }) => {
      const ann = await join()
      const adapter = harness.createAdapter()
      for (const saved of [ann.saved(), ann.saved(), null, { what: 'another shape' }]) await adapter.revoke?.(saved)
    }
  },
  {
    name: 'a revocation that did not reach the backend is refused with a ChatError',
    needs: ['revoke', 'cut'],
    run: async ({ join, harness }) => {
      const ann = await join()
      await harness.cut?.()
      await refuses(harness.createAdapter().revoke?.(ann.saved()) ?? Promise.resolve(), [], 'the revocation')
      await harness.restore?.()
      const back = await join({ saved: ann.saved() })
      equal(back.session.you.id, ann.session.you.id, 'the visitor')
    }
  },
  {
    name: 'a live session answers a probe',
    needs: ['probe'],
    run: async ({ join }) => {
      const ann = await join()
      await ann.session.probe?.()
    }
  }
]

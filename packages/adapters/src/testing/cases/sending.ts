import { equal, ok, refuses } from '../assert.js'
import type { ConformanceCase } from '../harness.js'
import { storedOf, textsOf } from '../join.js'

/** What becomes of messages on their way out. */
export const sendingCases: readonly ConformanceCase[] = [
  {
    name: 'a sent message is stored and reaches the operator',
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      const message = await ann.say(c, 1, 'Hello')
      equal(message.body['text'], 'Hello', 'the stored text')
      equal(message.by.id, ann.session.you.id, 'the author')
      equal(await harness.operator.texts(c), ['Hello'], 'what the operator sees')
    }
  },
  {
    name: 'the author hears of the own message like everybody else',
    run: async ({ join }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      const message = await ann.say(c, 1, 'Hello')
      const { message: echo } = await ann.heard('message', (event) => event.message.id === message.id)
      equal(echo.order, message.order, 'the place in the event')
    }
  },
  {
    name: 'the same id twice is stored once, at the same place',
    needs: ['idempotentSend'],
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      const draft = ann.draft(c, 1, 'Hello')
      const first = storedOf(await ann.session.send(draft))
      const again = storedOf(await ann.session.send(draft))
      equal(again.order, first.order, 'the place of the repeat')
      equal(await harness.operator.texts(c), ['Hello'], 'what the operator sees')
    }
  },
  {
    name: 'an id with other words is a conflict, and the first stays',
    needs: ['idempotentSend'],
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      const draft = ann.draft(c, 1, 'Hello')
      await ann.session.send(draft)
      await refuses(ann.session.send({ ...draft, body: { text: 'Goodbye' } }), ['id_conflict'], 'the second')
      equal(await harness.operator.texts(c), ['Hello'], 'what the operator sees')
    }
  },
  {
    name: 'a message whose outcome is unknown is found when it was stored, and only then',
    needs: ['reconcile'],
    run: async ({ join }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      const draft = ann.draft(c, 1, 'Hello')
      equal(await ann.session.reconcile?.(draft), null, 'before the send')
      const sent = storedOf(await ann.session.send(draft))
      equal((await ann.session.reconcile?.(draft))?.order, sent.order, 'after the send')
    }
  },
  {
    name: 'messages sent at once keep their author’s order',
    needs: ['idempotentSend'],
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      const texts = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']
      const outcomes = await Promise.all(texts.map((text, index) => ann.session.send(ann.draft(c, index + 1, text))))
      const orders = outcomes.map((outcome) => storedOf(outcome).order)
      equal(
        [...orders].sort((a, b) => a - b),
        orders,
        'the places, in the order of sending'
      )
      equal(await harness.operator.texts(c), texts, 'what the operator sees')
    }
  },
  {
    name: 'a number that comes too early is answered with the one that is next',
    needs: ['dense'],
    run: async ({ join }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      await ann.say(c, 1, 'one')
      const outcome = await ann.session.send(ann.draft(c, 3, 'three'))
      equal(outcome, { outcome: 'order', expectN: 2 }, 'the outcome')
      await ann.say(c, 2, 'two')
    }
  },
  {
    name: 'a refused message does not hold up the next one',
    needs: ['dense'],
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      await refuses(ann.session.send(ann.draft(c, 1, 'x'.repeat(8_001))), ['too_large', 'invalid'], 'the text that is too long')
      await ann.say(c, 2, 'shorter')
      equal(await harness.operator.texts(c), ['shorter'], 'what the operator sees')
    }
  },
  {
    name: 'any text comes back as it went out',
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      const text = '  <b>&amp;</b> 👩‍👩‍👧‍👦 שלום\r\n\tأهلا "\\u0000" '
      await ann.say(c, 1, text)
      equal(await harness.operator.texts(c), [text], 'what the operator sees')
      const page = await ann.session.history({ c, limit: 10 })
      equal(textsOf(page.messages), [text], 'what history holds')
    }
  },
  {
    name: 'a conversation of somebody else can neither be written nor read',
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      await ann.say(c, 1, 'private')
      const eve = await join()
      ok(eve.session.you.id !== ann.session.you.id, 'two browsers are two visitors')
      await refuses(eve.session.send(eve.draft(c, 1, 'let me in')), ['conversation_gone', 'forbidden'], 'writing')
      await refuses(eve.session.history({ c, limit: 10, subscribe: true }), ['conversation_gone', 'forbidden'], 'reading')
      equal(await harness.operator.texts(c), ['private'], 'what the operator sees')
    }
  }
]

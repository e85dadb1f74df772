import { equal, ok } from '../assert.js'
import type { ConformanceCase } from '../harness.js'
import { textsOf } from '../join.js'

/** What arrives without being asked for. */
export const realtimeCases: readonly ConformanceCase[] = [
  {
    name: 'an answer arrives while connected',
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      await ann.say(c, 1, 'Hello')
      await harness.operator.reply(c, 'How can I help?')
      const { message } = await ann.heard('message', (event) => event.message.body['text'] === 'How can I help?')
      equal(message.by.role, 'agent', 'who answers')
    }
  },
  {
    name: 'two participants see the same texts in the same order',
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      await ann.say(c, 1, 'first')
      const sends = [ann.say(c, 2, 'a'), harness.operator.reply(c, 'b'), ann.say(c, 3, 'c'), harness.operator.reply(c, 'd')]
      await Promise.all(sends)
      const { messages } = await ann.session.history({ c, limit: 50 })
      equal(textsOf(messages), await harness.operator.texts(c), 'both views')
      equal(textsOf(messages).length, 5, 'how many')
    }
  },
  {
    name: 'answers arrive in the order they were written',
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      await ann.say(c, 1, 'Hello')
      const texts = ['one', 'two', 'three', 'four']
      for (const text of texts) await harness.operator.reply(c, text)
      await ann.heard('message', ({ message }) => message.body['text'] === 'four')
      await ann.silence()
      const all = ann.events.flatMap((event) => (event.type === 'message' && event.message.by.role === 'agent' ? [event.message] : []))
      // The same entry may be told again.
      const heard = all.filter(({ id }, index) => all.findIndex((other) => other.id === id) === index)
      equal(textsOf(heard), texts, 'what was heard')
      const orders = heard.map(({ order }) => order)
      ok(
        orders.every((order, index) => index === 0 || order > (orders[index - 1] as number)),
        'the places grow'
      )
    }
  },
  {
    name: 'typing reaches the operator',
    needs: ['typingOut'],
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      await ann.say(c, 1, 'Hello')
      await harness.operator.reply(c, 'Hi')
      ann.session.typing?.(c, true)
      await ann.silence()
      ok((await harness.operator.typists?.(c))?.includes(ann.session.you.id), 'who types')
    }
  },
  {
    name: 'how far the visitor has read reaches the operator',
    needs: ['receiptsOut'],
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      await ann.say(c, 1, 'Hello')
      await harness.operator.reply(c, 'Hi')
      const { message } = await ann.heard('message', (event) => event.message.body['text'] === 'Hi')
      ann.session.receipt?.(c, { delivered: message.order, read: message.order })
      await ann.silence()
      equal(await harness.operator.seen?.(c), message.order, 'the place')
    }
  },
  {
    name: 'typing reaches this side',
    needs: ['typingIn'],
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      await ann.say(c, 1, 'Hello')
      await harness.operator.typing?.(c, true)
      const { by, ttlMs } = await ann.heard('typing', (event) => event.on)
      equal(by.role, 'agent', 'who types')
      ok(ttlMs > 0, 'the mark expires')
    }
  },
  {
    name: 'receipts reach this side, and read is never beyond delivered',
    needs: ['receiptsIn'],
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      const { order } = await ann.say(c, 1, 'Hello')
      await harness.operator.read?.(c)
      const receipt = await ann.heard('receipt', ({ by, read }) => by.id !== ann.session.you.id && read >= order)
      ok(receipt.read <= receipt.delivered, 'read is within delivered')
    }
  },
  {
    name: 'who is home is told at the start and at every change, with a growing revision',
    needs: ['presence'],
    run: async ({ join, harness }) => {
      const ann = await join()
      const before = (await ann.heard('availability')).availability
      await harness.operator.available?.(true)
      const online = (await ann.heard('availability', ({ availability }) => availability.state === 'online')).availability
      await harness.operator.available?.(false)
      const gone = (await ann.heard('availability', ({ availability }) => availability.rev > online.rev)).availability
      ok(before.rev < online.rev && online.rev < gone.rev, 'revisions grow')
      ok(gone.state !== 'online', 'nobody is home any more')
    }
  },
  {
    name: 'who is home is answered when it is asked',
    needs: ['availability'],
    run: async ({ join, harness }) => {
      const ann = await join()
      await harness.operator.available?.(true)
      equal((await ann.session.availability?.())?.state, 'online', 'the answer')
      await harness.operator.available?.(false)
      ok((await ann.session.availability?.())?.state !== 'online', 'nobody is home any more')
    }
  },
  {
    name: 'who is home is answered without a session',
    needs: ['light', 'presence'],
    run: async ({ harness }) => {
      const { signal } = new AbortController()
      const before = await harness.createAdapter().light?.(signal)
      await harness.operator.available?.(true)
      const after = await harness.createAdapter().light?.(signal)
      ok(before?.state !== 'online', 'nobody was home')
      equal(after?.state, 'online', 'somebody is')
    }
  }
]

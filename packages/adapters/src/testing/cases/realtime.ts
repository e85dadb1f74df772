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
  }
]

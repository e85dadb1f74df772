import { equal, ok } from '../assert.js'
import type { CaseContext, ConformanceCase } from '../harness.js'
import { type Joined, textsOf } from '../join.js'

async function withTexts({ join }: CaseContext, count: number): Promise<{ ann: Joined; c: string; texts: readonly string[] }> {
  const ann = await join()
  const { c } = await ann.conversation()
  const texts = Array.from({ length: count }, (_, index) => `text ${index + 1}`)
  for (const [index, text] of texts.entries()) await ann.say(c, index + 1, text)
  return { ann, c, texts }
}

/** What a log gives back. */
export const historyCases: readonly ConformanceCase[] = [
  {
    name: 'the newest entries come in ascending order, and say that older ones wait',
    needs: ['history'],
    run: async (context) => {
      const { ann, c, texts } = await withTexts(context, 7)
      const page = await ann.session.history({ c, limit: 3 })
      equal(textsOf(page.messages), texts.slice(-3), 'the page')
      equal(page.more, true, 'older ones')
      equal(page.log.head, page.messages.at(-1)?.order, 'the head')
    }
  },
  {
    name: 'older entries can be read page by page to the first',
    needs: ['history'],
    run: async (context) => {
      const { ann, c, texts } = await withTexts(context, 7)
      let page = await ann.session.history({ c, limit: 3 })
      const found = [...page.messages]
      for (let rounds = 0; page.more && rounds < 10; rounds++) {
        const [first] = found
        ok(first, 'a page that has more is not empty')
        page = await ann.session.history({ c, before: { order: first.order, cursor: first.cursor }, limit: 3 })
        found.unshift(...page.messages)
      }
      equal(textsOf(found), texts, 'all pages together')
    }
  },
  {
    name: 'what came after a position can be read page by page to the last',
    needs: ['history'],
    run: async (context) => {
      const { ann, c, texts } = await withTexts(context, 7)
      const { messages, log } = await ann.session.history({ c, limit: 50 })
      let [last] = messages
      const found: string[] = []
      for (let rounds = 0; rounds < 10; rounds++) {
        ok(last, 'there is an entry to go on from')
        const page = await ann.session.history({ c, after: { c, epoch: log.epoch, have: last.order, cursor: last.cursor }, limit: 3 })
        found.push(...textsOf(page.messages))
        last = page.messages.at(-1) ?? last
        if (!page.more) break
      }
      equal(found, texts.slice(1), 'all pages together')
    }
  },
  {
    name: 'a position beyond the end of the log is answered with a reset',
    needs: ['history', 'dense'],
    run: async (context) => {
      const { ann, c } = await withTexts(context, 2)
      const { log } = await ann.session.history({ c, limit: 50 })
      const page = await ann.session.history({ c, after: { c, epoch: log.epoch, have: 99, cursor: '99' }, limit: 50 })
      equal(page.log.reset, true, 'the reset')
    }
  },
  {
    name: 'numbers have no holes, whoever wrote',
    needs: ['dense'],
    run: async ({ join, harness }) => {
      const ann = await join()
      const { c } = await ann.conversation()
      await ann.say(c, 1, 'one')
      await harness.operator.reply(c, 'two')
      await ann.say(c, 2, 'three')
      const { messages } = await ann.session.history({ c, limit: 50 })
      equal(
        messages.map(({ order }) => order),
        messages.map((_, index) => index + 1),
        'the numbers'
      )
      equal(textsOf(messages), ['one', 'two', 'three'], 'the texts')
    }
  }
]

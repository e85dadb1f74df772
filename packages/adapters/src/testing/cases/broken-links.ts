import { equal } from '../assert.js'
import { seeded } from '../faults/seeded.js'
import type { CaseContext, ConformanceCase, Need } from '../harness.js'
import { createPersistentClient, type PersistentClient } from '../persistent-client.js'

const needs: readonly Need[] = ['dense', 'idempotentSend', 'history']

/** Does something to somebody on a faulty link, and then expects that every promise was kept. */
export function behindLink(act: (ann: PersistentClient, context: CaseContext) => Promise<unknown>): ConformanceCase['run'] {
  return async (context) => {
    const ann = createPersistentClient(context)
    try {
      await act(ann, context)
      await ann.judge()
    } finally {
      ann.leave()
    }
  }
}

const silence = async (ann: PersistentClient): Promise<void> => (await ann.connected()).silence()

/** What becomes of texts on a link that breaks, delays, repeats and loses. */
export const brokenLinkCases: readonly ConformanceCase[] = [
  {
    name: 'a text whose connection breaks before it arrives is stored once when it is sent again',
    needs,
    run: behindLink(async (ann) => {
      await ann.say('first')
      ann.link.cutNext('question')
      await ann.say('second')
      await ann.say('third')
    })
  },
  {
    name: 'a text whose connection breaks after it arrived is stored once when it is sent again',
    needs,
    run: behindLink(async (ann, { harness }) => {
      await ann.say('first')
      // Neither the answer nor the entry itself comes back.
      ann.link.set({ lose: 1 })
      ann.link.cutNext('answer')
      await ann.say('second')
      ann.link.set({ lose: 0 })
      equal(await harness.operator.texts(ann.c()), ['first', 'second'], 'what arrived')
      await ann.say('third')
    })
  },
  {
    name: 'what is sent into silence is sent again, and what was said meanwhile is there',
    needs,
    run: behindLink(async (ann, { harness }) => {
      await ann.say('first')
      ann.link.blackHole('out')
      const into = ann.say('second', 'third')
      await harness.operator.reply(ann.c(), 'Are you there?')
      await into
    })
  },
  {
    name: 'texts that arrive while nothing comes back keep their places when they are sent again',
    needs,
    run: behindLink(async (ann, { harness }) => {
      await ann.say('first')
      ann.link.blackHole('in')
      const into = ann.say('second', 'third')
      await harness.operator.reply(ann.c(), 'Yes?')
      await into
      await ann.say('fourth')
    })
  },
  {
    name: 'on a slow link everybody’s texts keep their order',
    needs,
    run: behindLink(async (ann, { harness }) => {
      await ann.say('first')
      ann.link.set({ delayMs: 40 })
      const own = ann.say('one', 'two', 'three', 'four', 'five', 'six')
      for (const text of ['a', 'b', 'c']) await harness.operator.reply(ann.c(), text)
      await own
    })
  },
  {
    name: 'a copy that comes late, on a connection that was given up, changes nothing',
    needs,
    run: behindLink(async (ann) => {
      await ann.say('first')
      ann.link.set({ delayMs: 250 })
      const late = ann.say('second')
      const meanwhile = async () => {
        await silence(ann)
        ann.abandon()
        ann.link.set({ delayMs: 0 })
        await ann.say('third')
        for (let waited = 0; waited < 2; waited++) await silence(ann)
      }
      await Promise.all([late, meanwhile()])
    })
  },
  {
    name: 'entries that are told twice, or lost while the connection stands, are there once',
    needs,
    run: behindLink(async (ann, { harness }) => {
      await ann.say('first')
      ann.link.set({ repeat: 0.5, lose: 0.4 })
      for (const text of ['one', 'two', 'three', 'four']) {
        await harness.operator.reply(ann.c(), text)
        await ann.say(`to ${text}`)
      }
    })
  },
  {
    name: 'a conversation whose opening was answered into a broken connection is opened once',
    needs: [...needs, 'open'],
    run: behindLink(async (ann, { join }) => {
      ann.link.cutNext('answer')
      await ann.say('first')
      equal((await join({ saved: ann.saved() })).session.conversations.length, 1, 'conversations')
    })
  },
  ...[1, 2].map(
    (seed): ConformanceCase => ({
      name: `whatever happens to a link, nothing is lost, doubled or put in another order (seed ${seed})`,
      needs,
      run: (context) => live(context, seed)
    })
  )
]

/** A conversation in which everything happens that can happen to a link. */
async function live(context: CaseContext, seed: number): Promise<void> {
  const ann = createPersistentClient(context, 'ann', seed)
  const draw = seeded(seed + 1_000)
  const pick = <T>(among: readonly T[]): T => among[Math.floor(draw() * among.length)] as T
  try {
    await ann.say('first')
    ann.link.set({ refuse: 0.2, cut: 0.04, repeat: 0.2, lose: 0.1, delayMs: 10 })
    for (let step = 1; step <= 8; step++) {
      pick([
        () => ann.link.cut(),
        () => ann.link.cutNext('question'),
        () => ann.link.cutNext('answer'),
        () => ann.link.blackHole(pick(['in', 'out', 'both'])),
        () => ann.abandon(),
        () => undefined
      ])()
      const own = ann.say(...Array.from({ length: pick([1, 1, 3]) }, (_, part) => `own ${step}.${part}`))
      if (step % 2 === 0) await context.harness.operator.reply(ann.c(), `answer ${step}`)
      await own
    }
    await ann.judge()
  } finally {
    ann.leave()
  }
}

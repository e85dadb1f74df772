import { equal, ok } from '../assert.js'
import type { CaseContext, ConformanceCase } from '../harness.js'
import { createHistory } from '../history/recorder.js'
import { join, newId } from '../join.js'
import { createPersistentClient, expectKept, type PersistentClient } from '../persistent-client.js'
import { behindLink } from './broken-links.js'

/** What others are told of somebody whose link breaks, and he of them. */
export const brokenTrustCases: readonly ConformanceCase[] = [
  {
    name: 'how far somebody has read never goes back, whatever happens to the link',
    needs: ['dense', 'idempotentSend', 'history', 'receiptsIn'],
    run: behindLink(async (ann, { harness }) => {
      for (const text of ['first', 'second', 'third']) {
        await ann.say(text)
        await harness.operator.read?.(ann.c())
        await (await ann.connected()).silence()
        ann.link.cut()
        await harness.operator.read?.(ann.c())
      }
      ann.link.blackHole('in')
      await harness.operator.read?.(ann.c())
      await ann.say('fourth')
    })
  },
  {
    name: 'who is home is told with a revision that never goes back, also on the next connection',
    needs: ['dense', 'idempotentSend', 'history', 'presence'],
    run: behindLink(async (ann, { harness }) => {
      await ann.connected()
      for (const isAvailable of [true, false, true, false]) {
        await harness.operator.available?.(isAvailable)
        await (await ann.connected()).silence()
        ann.link.cut()
        await ann.connected()
      }
    })
  },
  {
    name: 'whoever names a log of somebody else hears nothing of it, also when he comes back',
    needs: ['dense', 'idempotentSend', 'history'],
    run: behindLink(async (ann, context) => {
      const eve = createPersistentClient(context, 'eve')
      try {
        await ann.say('private')
        await eavesdrop(eve, ann)
        await eve.judge()
      } finally {
        eve.leave()
      }
    })
  },
  {
    name: 'the end of an older connection does not touch the newer one',
    needs: ['dense', 'idempotentSend', 'history'],
    run: behindLink(async (ann, { harness }) => {
      await ann.say('first')
      ann.link.blackHole('both')
      const old = await ann.connected()
      const next = await join(ann.link.adapter, { saved: ann.saved(), device: ann.device })
      try {
        await next.session.history({ c: ann.c(), limit: 10, subscribe: true })
        await old.heard('closed')
        await next.silence()
        if (next.events.some(({ type }) => type === 'closed'))
          ann.history.record('backend', { type: 'effect', client: 'ann', generation: 1, on: 'session' })
        else {
          await harness.operator.reply(ann.c(), 'Still there?')
          await next.heard('message', ({ message }) => message.body['text'] === 'Still there?')
        }
      } finally {
        next.leave()
      }
    })
  },
  {
    name: 'a request whose answer is lost again and again is one request',
    needs: ['requests', 'idempotentSend', 'dense', 'history'],
    run: behindLink(async (ann) => {
      const draft = { id: newId(), fields: { name: 'Ann', email: 'ann@example.com', text: 'Where is my parcel?' } }
      const references = new Set<string>()
      ann.history.record('ann', { type: 'requested', key: draft.id })
      for (const isLost of [true, true, false, true, false]) {
        const { session } = await ann.connected()
        if (isLost) ann.link.cutNext('answer')
        const answer = await session.request?.(draft).catch(() => undefined)
        if (answer && 'reference' in answer) {
          references.add(answer.reference)
          ann.history.record('ann', { type: 'referenced', key: draft.id, reference: answer.reference })
        }
      }
      ok(references.size > 0, 'a reference')
      ann.history.record('backend', { type: 'requests', items: [...references].map((reference) => ({ key: draft.id, reference })) })
    })
  },
  {
    name: 'a text whose outcome is unknown is looked for before it is sent again, and stored once',
    needs: ['reconcile'],
    run: async (context) => {
      for (const part of ['question', 'answer'] as const) await reconcileAfter(part, context)
    }
  }
]

/** Comes with somebody else's log in hand, twice, while he goes on writing in it. */
async function eavesdrop(eve: PersistentClient, ann: PersistentClient): Promise<void> {
  await eve.connected()
  const { session } = await ann.connected()
  const { log } = await session.history({ c: ann.c(), limit: 1 })
  for (const { c, isAllowed } of [
    { c: eve.c(), isAllowed: true },
    { c: ann.c(), isAllowed: false }
  ])
    eve.history.record('backend', { type: 'rights', of: 'eve', c, isAllowed })
  await eve.say('mine')
  for (const text of ['more', 'and more']) {
    eve.abandon()
    const listening = await join(eve.link.adapter, { saved: eve.saved(), device: eve.device, logs: [{ c: ann.c(), epoch: log.epoch, have: 0 }] })
    await ann.say(text)
    await listening.silence()
    listening.leave()
  }
}

/** For a backend that stores what it is sent, however often: whoever does not know asks first. */
async function reconcileAfter(part: 'question' | 'answer', context: CaseContext): Promise<void> {
  const history = createHistory()
  const ann = createPersistentClient(context)
  try {
    const { session } = await ann.connected()
    const draft = { c: ann.c(), n: 1, id: newId(), k: 'text', body: { text: part } }
    history.record('ann', { type: 'composed', key: part })
    ann.link.cutNext(part)
    equal((await session.send(draft)).outcome, 'unknown', 'the outcome')
    ann.abandon()
    const next = (await ann.connected()).session
    if (!(await next.reconcile?.(draft))) await next.send(draft)
    const texts = await context.harness.operator.texts(ann.c())
    history.record('backend', {
      type: 'rows',
      c: ann.c(),
      epoch: 'one',
      rows: texts.map((key, index) => ({ seq: index + 1, id: `${index}`, by: 'ann', key }))
    })
    history.record('run', { type: 'settled' })
    expectKept(history)
  } finally {
    ann.leave()
  }
}

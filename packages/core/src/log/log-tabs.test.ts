import { expect, it } from 'vitest'
import type { LogState, Message, Session } from '../adapter.js'
import { type MemoryEnv, memoryEnv } from '../env/memory-env.js'
import { createLog } from './log.js'
import { createOutbox } from './outbox.js'

const ann = { role: 'visitor', id: 'ann' } as const

function aMessage(order: number): Message {
  return { c: 'c', id: `id-${order}`, cursor: `${order}`, order, at: 0, by: ann, k: 'text', body: { text: `${order}` } }
}

const messages = (count: number) => Array.from({ length: count }, (_, index) => aMessage(index + 1))
const aState = (epoch: string, head: number): LogState => ({ c: 'c', epoch, head })

/** One tab with the log, whose backend answers to texts as `answer` does. Default: not at all. */
async function aTab(env: MemoryEnv, answer: Session['send'] = () => new Promise(() => undefined)) {
  const sent: unknown[] = []
  const outbox = createOutbox(env, env.storage('x'))
  let session: Session | null = null
  const log = createLog({
    c: 'c',
    from: undefined,
    env,
    outbox,
    session: () => session,
    cacheIn: env.storage('x'),
    report: () => undefined,
    onGone: () => undefined,
    onNews: () => undefined
  })
  void outbox.load()
  await env.advance(1_000)
  const connect = async (state: LogState) => {
    const never = () => new Promise<never>(() => undefined)
    const send: Session['send'] = (draft) => {
      sent.push(draft.body['text'])
      return answer(draft)
    }
    session = { caps: { idempotentSend: true }, order: 'dense', you: ann, conversations: [state], history: never, send } as unknown as Session
    log.arrived({ type: 'log', log: state })
    log.restart()
    await env.advance(1_000)
  }
  const read = async (epoch: string, all: readonly Message[]) => {
    for (const message of all) log.arrived({ type: 'message', message, epoch })
    await env.advance(1_000)
  }
  return { env, log, outbox, sent, connect, read, texts: () => outbox.items('c').map(({ body }) => body['text']) }
}

it('what another tab has read of an epoch that is over is offered before anything goes out, by a tab that has read nothing', async () => {
  const env = memoryEnv({ storageDelayMs: 1 })
  const here = await aTab(env)
  const there = await aTab(env.newTab())
  await there.connect(aState('e1', 2))
  await there.read('e1', messages(2))
  void here.outbox.put('c', 'text', { text: 'later' })
  await env.advance(1_000)

  await here.connect(aState('e2', 0))
  expect(here.texts()).toEqual(['1', '2', 'later'])
  expect(here.sent).toEqual(['1'])
})

it('what is offered to another epoch stays, though a tab that does not know of that one shows it as stored', async () => {
  const env = memoryEnv({ storageDelayMs: 1 })
  const old = await aTab(env)
  await old.connect(aState('e1', 2))
  await old.read('e1', messages(2))
  const next = await aTab(env.newTab())
  await next.connect(aState('e2', 0))
  expect(next.texts()).toEqual(['1', '2'])

  void old.outbox.reread()
  await env.advance(1_000)
  void next.outbox.reread()
  await env.advance(1_000)
  expect(next.texts()).toEqual(['1', '2'])
  expect(old.log.$pending.get()).toEqual([])
})

it('what was offered to an epoch that is over by now leaves the outbox when the next one has it', async () => {
  const env = memoryEnv({ storageDelayMs: 1 })
  const old = await aTab(env)
  await old.connect(aState('e1', 1))
  await old.read('e1', messages(1))
  await old.connect(aState('e2', 0))
  expect(old.texts()).toEqual(['1'])

  const next = await aTab(env.newTab(), async () => ({ outcome: 'stored', message: aMessage(1) }))
  await next.connect(aState('e3', 0))
  expect(next.sent).toEqual(['1'])
  expect(next.texts()).toEqual([])
  expect(next.log.$messages.get()).toEqual([aMessage(1)])
})

it('what a tab keeps of a log on the device takes nothing away that another one has read since', async () => {
  const env = memoryEnv({ storageDelayMs: 1 })
  const slow = await aTab(env)
  const fast = await aTab(env.newTab())
  await slow.connect(aState('e1', 3))
  await fast.connect(aState('e1', 3))
  await fast.read('e1', messages(3))
  await slow.read('e1', messages(2))
  slow.log.flush()
  await env.advance(1_000)
  const next = await aTab(env.newTab())
  expect(next.log.$messages.get().map(({ order }) => order)).toEqual([1, 2, 3])
})

import { ChatError } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import type { Message, SendOutcome, Session } from '../adapter.js'
import type { PendingMessage } from '../connection.types.js'
import { memoryEnv } from '../env/memory-env.js'
import { createOutbox } from './outbox.js'
import { createSender } from './sender.js'

it('T6: nothing goes out before the time that the backend asked for, though what follows the refused text was told that it came too early', async () => {
  const env = memoryEnv()
  const outbox = createOutbox(env, env.storage('x'))
  const startMs = env.now()
  const sentAt: number[] = []
  const send = async ({ n }: { readonly n: number }): Promise<SendOutcome> => {
    sentAt.push(env.now() - startMs)
    if (n === 1) throw new ChatError('rate_limited', 'too many texts', { afterMs: 60_000 })
    return { outcome: 'order', expectN: 1 }
  }
  const session = { caps: { idempotentSend: true }, send } as unknown as Session
  let isUp = false
  const sender = createSender({ c: 'c', env, outbox, session: () => (isUp ? session : null), onStored: () => undefined })
  await outbox.load()
  for (const text of ['one', 'two', 'three']) void outbox.put('c', 'text', { text })
  await env.advance(100)
  isUp = true
  sender.restart()
  await env.advance(59_900)
  expect(sentAt).toEqual([100, 100, 100])
  await env.advance(60_200)
  expect(sentAt.length).toBeGreaterThan(3)
})

it('a refusal that comes late, after what was missing is stored, changes no number', async () => {
  const env = memoryEnv()
  const outbox = createOutbox(env, env.storage('x'))
  const answers: (() => void)[] = []
  const send = ({ n }: { readonly n: number }) =>
    new Promise<SendOutcome>((resolve) => {
      if (n > 2) answers.push(() => resolve({ outcome: 'order', expectN: 1 }))
    })
  const session = { caps: { idempotentSend: true }, send } as unknown as Session
  let isUp = false
  const sender = createSender({ c: 'c', env, outbox, session: () => (isUp ? session : null), onStored: () => undefined })
  await outbox.load()
  for (const text of ['one', 'two', 'three', 'four', 'five']) void outbox.put('c', 'text', { text })
  await env.advance(100)
  isUp = true
  sender.restart()
  await env.advance(100)
  // The log shows the first two; over HTTP that may come before the answers of the others, which were given earlier.
  const [one, two] = outbox.items('c')
  void outbox.take(new Set([String(one?.id), String(two?.id)]))
  for (const answer of answers) answer()
  await env.advance(100)
  expect(outbox.items('c').map(({ n, body }) => [n, body['text']])).toEqual([
    [3, 'three'],
    [4, 'four'],
    [5, 'five']
  ])
})

it('what is offered again goes out one by one: under numbers that may be used up, the second could be stored before the first', async () => {
  const env = memoryEnv()
  const outbox = createOutbox(env, env.storage('x'))
  const rows: string[] = []
  let lastN = 4
  const send = async ({ id, n }: { readonly id: string; readonly n: number }): Promise<SendOutcome> => {
    if (n !== lastN + 1) return { outcome: 'order', expectN: lastN + 1 }
    lastN = n
    rows.push(id)
    return { outcome: 'stored', message: { c: 'c', id, order: rows.length } as Message }
  }
  const session = { caps: { idempotentSend: true }, send } as unknown as Session
  let isUp = false
  const sender = createSender({
    c: 'c',
    env,
    outbox,
    session: () => (isUp ? session : null),
    onStored: ({ id }) => void outbox.take(new Set([id]))
  })
  await outbox.load()
  outbox.onChange(sender.pump)
  const lost = ['one', 'two', 'three', 'four', 'five'].map((id) => ({ id, c: 'c', k: 'text', body: {}, at: 0 }) as unknown as Message)
  void outbox.offer('c', lost, 'e2')
  await env.advance(100)
  isUp = true
  sender.restart()
  await env.advance(60_000)
  expect(rows).toEqual(['one', 'two', 'three', 'four', 'five'])
})

it('what was numbered anew goes out one by one, for what is on its way from elsewhere may use the first numbers up', async () => {
  const env = memoryEnv()
  const outbox = createOutbox(env, env.storage('x'))
  const rows: unknown[] = []
  let lastN = 5
  const send = async ({ id, n, body }: PendingMessage): Promise<SendOutcome> => {
    if (n !== lastN + 1) return { outcome: 'order', expectN: lastN + 1 }
    lastN = n
    rows.push(body['text'])
    return { outcome: 'stored', message: { c: 'c', id, order: rows.length } as Message }
  }
  const session = { caps: { idempotentSend: true }, send } as unknown as Session
  let isUp = false
  const onStored = ({ id }: Message) => void outbox.take(new Set([id]))
  const sender = createSender({ c: 'c', env, outbox, session: () => (isUp ? session : null), onStored })
  await outbox.load()
  outbox.onChange(sender.pump)
  const texts = ['one', 'two', 'three', 'four', 'five', 'six']
  for (const text of texts) void outbox.put('c', 'text', { text })
  await env.advance(100)
  void outbox.renumber('c', 2)
  await env.advance(100)
  isUp = true
  sender.restart()
  await env.advance(60_000)
  expect(rows).toEqual(texts)
})

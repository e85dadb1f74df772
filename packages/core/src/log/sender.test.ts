import { ChatError } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import type { SendOutcome, Session } from '../adapter.js'
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

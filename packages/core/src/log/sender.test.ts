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

import { expect, it } from 'vitest'
import { memoryEnv } from '../env/memory-env.js'
import { createOutbox } from './outbox.js'

const text = (words: string) => ['text', { text: words }] as const

it('what is on its way into another log is not sent before its number is kept: another tab may have given out the ones that this tab knows of', async () => {
  const env = memoryEnv({ storageDelayMs: 10 })
  const other = env.newTab()
  const here = createOutbox(env, env.storage('outbox'))
  const there = createOutbox(other, other.storage('outbox'))
  void Promise.all([here.load(), there.load()])
  await env.advance(100)
  void here.put('+local', ...text('waits'))
  await env.advance(100)
  for (const words of ['one', 'two', 'three']) void there.put('c1', ...text(words))
  await env.advance(100)

  void here.move('+local', 'c1')
  const [moved] = here.items('c1')
  expect(moved?.n).toBe(1)
  expect(here.isKept(moved?.id ?? '')).toBe(false)
  await env.advance(100)
  expect(here.isKept(moved?.id ?? '')).toBe(true)
  expect(here.items('c1').map(({ n, body }) => [n, body['text']])).toEqual([
    [1, 'waits'],
    [2, 'one'],
    [3, 'two'],
    [4, 'three']
  ])
})

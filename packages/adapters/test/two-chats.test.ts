import { createChat } from '@porchlight/core'
import { type MemoryDisk, memoryEnv } from '@porchlight/core/testing'
import { describe, expect, it } from 'vitest'
import { createMemoryBackend, memoryAdapter } from '../src/memory/memory-adapter.js'
import { storedIn, textsOf } from './page.js'

/** One page with two chats on it. */
function twoChats(scopes: readonly [string, string]) {
  const disk: MemoryDisk = new Map()
  const env = memoryEnv({ disk, storageDelayMs: 1 })
  const backends = [createMemoryBackend(), createMemoryBackend()] as const
  const adapters = scopes.map((scope, index) => memoryAdapter({ backend: backends[index]!, scope }))
  const [one, two] = adapters.map((adapter) => createChat({ adapter, env }))
  return { env, disk, backends, one: one!, two: two! }
}

describe('two chats of two sites on one page', () => {
  it('share no text, no draft, no form and no visitor', async () => {
    const { env, backends, one, two, disk } = twoChats(['a.example:shop', 'b.example:shop'])
    void one.open()
    void two.open()
    await env.advance(100)
    void one.send('for one')
    one.setDraft('draft of one')
    one.editRequest({ name: 'Ann' })
    await env.advance(1_000)
    expect([textsOf(one), textsOf(two)]).toEqual([['for one'], []])
    expect([two.$draft.get(), two.$request.get().state, two.$unread.get(), two.$conversation.get()]).toEqual(['', 'idle', 0, null])
    expect(backends.map(storedIn)).toEqual([['for one'], []])
    const ofTwo = [...disk].filter(([key]) => key.startsWith('porchlight:b.example'))
    expect(ofTwo.length).toBeGreaterThan(0)
    expect(JSON.stringify(ofTwo)).not.toMatch(/for one|draft of one|Ann/)
  })

  it('end, reset and lose their connections apart', async () => {
    const { env, backends, one, two } = twoChats(['a.example:shop', 'a.example:help'])
    void one.send('one')
    void two.send('two')
    await env.advance(1_000)
    backends[0].cut()
    await env.advance(100)
    expect([one.$connection.get().state, two.$connection.get().state]).toEqual(['waiting', 'open'])
    void one.reset()
    await env.advance(1_000)
    expect([textsOf(one), textsOf(two)]).toEqual([[], ['two']])
    one.destroy()
    void two.send('three')
    await env.advance(1_000)
    expect(storedIn(backends[1])).toEqual(['two', 'three'])
    two.destroy()
    expect([env.timerCount(), env.listenerCount()]).toEqual([0, 0])
  })
})

describe('two chats made of one adapter', () => {
  it('show the same conversation, as two tabs would, and neither ends the other', async () => {
    const env = memoryEnv({ storageDelayMs: 1 })
    const backend = createMemoryBackend()
    const adapter = memoryAdapter({ backend })
    const one = createChat({ adapter, env })
    void one.send('hello')
    await env.advance(1_000)
    const two = createChat({ adapter, env })
    void two.open()
    await env.advance(1_000)
    expect(textsOf(two)).toEqual(['hello'])
    void one.send('from one')
    void two.send('from two')
    await env.advance(10_000)
    expect(storedIn(backend)).toHaveLength(3)
    expect([textsOf(one), textsOf(two)]).toEqual([storedIn(backend), storedIn(backend)])
    two.setDraft('in two')
    expect(one.$draft.get()).toBe('')
    two.destroy()
    void one.send('still here')
    await env.advance(1_000)
    expect(textsOf(one)).toContain('still here')
    expect(textsOf(two)).not.toContain('still here')
  })
})

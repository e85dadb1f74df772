import { type Chat, createChat } from '@porchlight/core'
import { type MemoryEnv, memoryEnv } from '@porchlight/core/testing'
import { describe, expect, it } from 'vitest'
import { createMemoryBackend, type MemoryBackend, memoryAdapter } from '../src/memory/memory-adapter.js'

interface Page {
  readonly env: MemoryEnv
  readonly chat: Chat
}

function openPage(backend: MemoryBackend, env: MemoryEnv = memoryEnv()): Page {
  return { env, chat: createChat({ adapter: memoryAdapter({ backend }), env }) }
}

const texts = (chat: Chat): string[] =>
  chat.$messages
    .get()
    .filter(({ k }) => k === 'text')
    .map(({ body }) => body['text'] as string)

describe('a chat', () => {
  it('touches nothing before its first use', () => {
    const backend = createMemoryBackend()
    const { chat } = openPage(backend)
    expect(chat.$connection.get().state).toBe('idle')
    expect(backend.logs()).toHaveLength(0)
  })

  it('carries a text to the operator and the answer back', async () => {
    const backend = createMemoryBackend()
    const ben = backend.operator({ name: 'Ben' })
    ben.available(true)
    const { env, chat } = openPage(backend)
    void chat.open()
    await env.advance(100)
    expect(chat.$availability.get().state).toBe('online')
    expect(chat.$mode.get()).toBe('chat')
    const sent = chat.send('Hello')
    await env.advance(100)
    await sent
    const [conversation] = ben.conversations()
    expect(ben.messages(conversation!.c).map(({ body }) => body['text'])).toEqual(['Hello'])
    ben.reply(conversation!.c, 'Hi, how can I help?')
    await env.advance(100)
    expect(texts(chat)).toEqual(['Hello', 'Hi, how can I help?'])
    expect(chat.$messages.get()[0]?.state).toBe('read')
    expect(chat.$unread.get()).toBe(1)
    expect(chat.$conversation.get()?.assignee?.name).toBe('Ben')
    chat.markRead()
    expect(chat.$unread.get()).toBe(0)
  })
})

import { type Chat, type ChatOptions, createChat } from '@porchlight/core'
import { type MemoryEnv, memoryEnv } from '@porchlight/core/testing'
import { createMemoryBackend, type MemoryBackend, type MemoryOperator, memoryAdapter } from '../src/memory/memory-adapter.js'

/** One page with a chat on it. */
export interface Page {
  readonly env: MemoryEnv
  readonly chat: Chat
  readonly errors: Error[]
  /** The same tab, later: the page dies without a word and loads again. */
  readonly reload: () => Page
  /** Another tab of the same browser. */
  readonly newTab: () => Page
  /** Opens the chat and lets it connect. */
  readonly open: () => Promise<void>
}

/** A page in front of `backend`. */
export function aPage(backend: MemoryBackend, env: MemoryEnv = memoryEnv({ storageDelayMs: 1 }), options: Partial<ChatOptions> = {}): Page {
  const errors: Error[] = []
  const chat = createChat({ adapter: memoryAdapter({ backend }), env, onError: (error) => void errors.push(error), ...options })
  return {
    env,
    chat,
    errors,
    reload: () => aPage(backend, env.reload(), options),
    newTab: () => aPage(backend, env.newTab(), options),
    open: async () => {
      void chat.open()
      await env.advance(50)
    }
  }
}

/** A backend with one operator who is home. */
export function aShop(): { readonly backend: MemoryBackend; readonly ben: MemoryOperator } {
  const backend = createMemoryBackend()
  const ben = backend.operator({ name: 'Ben' })
  ben.available(true)
  return { backend, ben }
}

/** The texts that a chat shows, in order. */
export function textsOf(chat: Chat): string[] {
  return chat.$messages.get().flatMap(({ k, body }) => (k === 'text' ? [String(body['text'])] : []))
}

/** The texts that a backend has stored, in all logs. */
export function storedIn(backend: MemoryBackend): string[] {
  return backend.logs().flatMap(({ messages }) => messages.flatMap(({ k, body }) => (k === 'text' ? [String(body['text'])] : [])))
}

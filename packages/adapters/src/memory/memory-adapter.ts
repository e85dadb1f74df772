import type { ChatAdapter } from '@porchlight/core'
import { ChatError, randomText } from '@porchlight/protocol'
import type { MemoryBackend, MemoryOperator } from './backend.js'
import { openMemorySession } from './memory-session.js'

export type { MemoryAvailability, MemoryBackend, MemoryBackendOptions, MemoryOperator } from './backend.js'
export { createMemoryBackend } from './backend.js'
export type { MemoryCopy } from './memory-copy.js'

/** Options of {@link memoryAdapter}. */
export interface MemoryAdapterOptions {
  /** The backend to join; share one to let several chats and operators meet. */
  readonly backend: MemoryBackend
  /** Joins as this operator instead of as a visitor: every conversation can be read and answered. */
  readonly operator?: MemoryOperator | undefined
  /** Names the place that saved state belongs to. Default `memory`. */
  readonly scope?: string | undefined
}

/**
 * A backend in the same process: for tests, demonstrations and examples. It keeps every promise of a real one (numbers without
 * holes, ids stored once, order of the author), only not beyond the process.
 *
 * @example
 * ```ts
 * import { createChat } from '@porchlight/core'
 * import { createMemoryBackend, memoryAdapter } from '@porchlight/adapters/memory'
 *
 * const backend = createMemoryBackend()
 * const ben = backend.operator({ name: 'Ben' })
 * ben.available(true)
 *
 * const chat = createChat({ adapter: memoryAdapter({ backend }) })
 * await chat.open()
 * await chat.send('Hello')
 * const [conversation] = ben.conversations()
 * if (conversation) ben.reply(conversation.c, 'Hello, how can I help?')
 * ```
 */
export function memoryAdapter({ backend, operator, scope = 'memory' }: MemoryAdapterOptions): ChatAdapter {
  return {
    name: 'memory',
    scope,
    light: async (_signal, _language, department) => backend.availability(undefined, department),
    revoke: async (saved) => {
      await null
      if (backend.isCut()) throw new ChatError('network', 'the memory backend is cut off')
      backend.revoke(tokenOf(saved))
    },
    connect: async (context) => {
      // Nothing answers within the call that asked, as on a real network.
      await null
      if (context.signal.aborted) throw new ChatError('network', 'the attempt was aborted')
      if (backend.isCut()) throw new ChatError('network', 'the memory backend is cut off')
      if (operator) return openMemorySession(backend, backend.join('', context.device, operator.you), context)
      const saved = tokenOf(context.saved)
      const token = saved ?? `plv_${randomText(32, (bytes) => crypto.getRandomValues(bytes))}`
      if (saved === undefined) context.emit({ type: 'saved', saved: { token } })
      return openMemorySession(backend, backend.join(token, context.device), context)
    }
  }
}

function tokenOf(saved: unknown): string | undefined {
  const token = (saved as { token?: unknown } | null)?.token
  return typeof token === 'string' ? token : undefined
}

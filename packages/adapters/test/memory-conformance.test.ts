import { describe, it } from 'vitest'
import { createMemoryBackend, type MemoryBackendOptions, memoryAdapter } from '../src/memory/memory-adapter.js'
import { type AdapterHarness, testAdapter } from '../src/testing/index.js'

async function harness(options?: MemoryBackendOptions): Promise<AdapterHarness> {
  const backend = createMemoryBackend(options)
  const ben = backend.operator({ name: 'Ben' })
  return {
    createAdapter: () => memoryAdapter({ backend }),
    operator: {
      reply: async (c, text) => ben.reply(c, text),
      texts: async (c) => ben.messages(c).flatMap(({ k, body }) => (k === 'text' ? [String(body['text'])] : [])),
      available: async (on) => ben.available(on),
      typing: async (c, on) => ben.typing(c, on),
      read: async (c) => ben.read(c)
    },
    cut: backend.cut,
    restore: backend.restore
  }
}

testAdapter({ describe, it }, 'memory', () => harness())
testAdapter({ describe, it }, 'memory, as foreign backends are', () => harness({ order: 'cursor', idempotentSend: false }))

import { createMemoryBackend, type MemoryBackendOptions, memoryAdapter } from '../src/memory/memory-adapter.js'
import { type AdapterHarness, join } from '../src/testing/index.js'

/** A fresh memory backend, moved by everything that the suite knows to ask for. */
export async function memoryHarness(options?: MemoryBackendOptions): Promise<AdapterHarness> {
  const backend = createMemoryBackend({ departments: { empty: [] }, ...options })
  const ben = backend.operator({ name: 'Ben' })
  /** What the operator's own screen hears. */
  const desk = await join(memoryAdapter({ backend, operator: ben }))
  return {
    createAdapter: () => memoryAdapter({ backend }),
    emptyDepartment: 'empty',
    operator: {
      reply: async (c, text) => {
        await desk.session.history({ c, limit: 1, subscribe: true })
        ben.reply(c, text)
      },
      texts: async (c) => ben.messages(c).flatMap(({ k, body }) => (k === 'text' ? [String(body['text'])] : [])),
      available: async (on) => ben.available(on),
      typing: async (c, on) => ben.typing(c, on),
      read: async (c) => ben.read(c),
      typists: async (c) => desk.events.flatMap((event) => (event.type === 'typing' && event.on && event.c === c ? [event.by.id] : [])),
      seen: async (c) =>
        Math.max(
          0,
          ...[
            ...(backend
              .logs()
              .find((log) => log.c === c)
              ?.receipts.values() ?? [])
          ].map(readByVisitor)
        )
    },
    cut: backend.cut,
    restore: backend.restore,
    stop: desk.leave
  }
}

function readByVisitor({ by, read }: { readonly by: { readonly role: string }; readonly read: number }): number {
  return by.role === 'visitor' ? read : 0
}

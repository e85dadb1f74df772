import type { ChatAdapter } from '@porchlight/core'
import { createChat } from '@porchlight/core'
import { memoryEnv } from '@porchlight/core/testing'
import { expect, it } from 'vitest'
import { createMemoryBackend, memoryAdapter } from '../src/memory/memory-adapter.js'

/** An adapter whose readings are counted. */
function counted(adapter: ChatAdapter): { readonly adapter: ChatAdapter; readonly reads: () => number } {
  let reads = 0
  const connect: ChatAdapter['connect'] = async (context) => {
    const session = await adapter.connect(context)
    return {
      ...session,
      history: (query) => {
        reads++
        return session.history(query)
      }
    }
  }
  return { adapter: { ...adapter, connect }, reads: () => reads }
}

it('T22: entries of a kind that only a newer backend knows keep their places, and are not asked for again and again', async () => {
  const backend = createMemoryBackend()
  const ben = backend.operator({ name: 'Ben' })
  ben.available(true)
  const { adapter, reads } = counted(memoryAdapter({ backend }))
  const env = memoryEnv()
  const chat = createChat({ adapter, env })
  void chat.send('Hello')
  await env.advance(1_000)
  const [log] = backend.logs()
  const before = reads()
  for (const k of ['sparkle', 'sparkle']) {
    const message = log!.append(ben.you, k, { colour: 'green' })
    backend.tell(log!.c, { type: 'message', message, epoch: log!.state().epoch })
    // A heartbeat that names the head finds it held.
    backend.tell(log!.c, { type: 'log', log: log!.state() })
  }
  ben.reply(log!.c, 'Hi')
  await env.advance(120_000)
  expect(
    chat.$messages
      .get()
      .filter(({ k }) => k === 'text')
      .map(({ body }) => body['text'])
  ).toEqual(['Hello', 'Hi'])
  expect(chat.$messages.get().at(-1)?.order).toBe(log!.state().head)
  expect(reads()).toBe(before)
  chat.destroy()
})

import { createMemoryBackend, memoryAdapter } from '@porchlight/adapters/memory'
import { expect, it } from 'vitest'
import { memoryEnv } from '../env/memory-env.js'
import { createConnection } from './create-connection.js'

/** A page with a conversation, and what it writes once nobody takes it any more. */
async function aPage() {
  const backend = createMemoryBackend()
  const env = memoryEnv()
  const first = createConnection({ env, adapter: memoryAdapter({ backend }) })
  first.connect()
  await env.advance(1_000)
  const { c } = await first.withSession((session) => session.open!({ id: '01900000-0000-7000-8000-000000000000' }))
  const writeUnsent = async () => {
    backend.cut()
    await env.advance(1_000)
    await first.log(c).publish('text', { text: 'Hello' })
  }
  return { backend, env, writeUnsent }
}

it('what an earlier page left unsent goes out, without anybody opening its log', async () => {
  const { backend, env, writeUnsent } = await aPage()
  await writeUnsent()

  const later = env.reload()
  backend.restore()
  const second = createConnection({ env: later, adapter: memoryAdapter({ backend }) })
  expect(backend.logs()[0]?.messages).toEqual([])
  second.connect()
  await later.advance(10_000)
  expect(backend.logs()[0]?.messages.map(({ body }) => body)).toEqual([{ text: 'Hello' }])
  second.destroy()
})

it('what another page of this browser left unsent goes out from the one that is still there, whatever it shows', async () => {
  const { backend, env, writeUnsent } = await aPage()
  const later = env.newTab()
  const second = createConnection({ env: later, adapter: memoryAdapter({ backend }) })
  second.connect()
  await later.advance(1_000)
  await writeUnsent()
  env.kill()

  backend.restore()
  await later.advance(60_000)
  expect(backend.logs()[0]?.messages.map(({ body }) => body)).toEqual([{ text: 'Hello' }])
  expect(second.$outbox.get().count).toBe(0)
  second.destroy()
})

it('what an earlier page left unsent is counted, and dropped, without a connection', async () => {
  const { backend, env, writeUnsent } = await aPage()
  await writeUnsent()

  const later = env.reload()
  const second = createConnection({ env: later, adapter: memoryAdapter({ backend }) })
  expect(await second.countUnsent()).toBe(1)
  expect(await second.reset()).toBe(1)
  expect(await second.countUnsent()).toBe(0)
  expect(second.$connection.get().state).toBe('idle')
  second.destroy()
})

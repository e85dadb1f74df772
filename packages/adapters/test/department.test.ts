import { type ChatAdapter, type ConnectContext, createChat, type OpenDetails, type RequestDraft } from '@porchlight/core'
import { memoryEnv } from '@porchlight/core/testing'
import { expect, it } from 'vitest'
import { createMemoryBackend, type MemoryBackend, memoryAdapter } from '../src/memory/memory-adapter.js'
import { porchlightAdapter } from '../src/porchlight/porchlight-adapter.js'
import { openWireSession } from '../src/porchlight/wire-session.js'
import { aContext, aWelcome, fakeWire } from './fake-wire.js'

const fields = { name: 'Ann', email: 'ann@example.com', text: 'Where is my parcel?' }

/** A memory adapter that notes whom each thing is for. */
function noting(backend: MemoryBackend, noted: (readonly [what: string, department: string | undefined])[]): ChatAdapter {
  const adapter = memoryAdapter({ backend })
  const note = (what: string, { department }: Pick<ConnectContext | OpenDetails | RequestDraft, 'department'>) => noted.push([what, department])
  return {
    ...adapter,
    connect: async (context) => {
      note('hello', context)
      const session = await adapter.connect(context)
      return {
        ...session,
        open: async (details) => {
          note('open', details)
          return session.open!(details)
        },
        request: async (draft) => {
          note('request', draft)
          return session.request!(draft)
        }
      }
    }
  }
}

it('a chat says for which department it is wherever something begins: its connection, its conversation and its request', async () => {
  const noted: [string, string | undefined][] = []
  const env = memoryEnv()
  const chat = createChat({ adapter: noting(createMemoryBackend(), noted), env, department: 'sales' })
  void chat.open()
  await env.advance(100)
  void chat.send('Hello')
  await env.advance(100)
  void chat.leaveRequest(fields)
  await env.advance(100)
  expect(noted).toEqual([
    ['hello', 'sales'],
    ['open', 'sales'],
    ['request', 'sales']
  ])
  chat.destroy()
})

it('a request that a page left goes out for the department of that page, whichever page sends it', async () => {
  const backend = createMemoryBackend()
  const noted: [string, string | undefined][] = []
  const env = memoryEnv()
  backend.cut()
  const first = createChat({ adapter: noting(backend, noted), env, department: 'sales' })
  void first.leaveRequest(fields)
  await env.advance(20_000)
  first.destroy()
  backend.restore()
  const next = createChat({ adapter: noting(backend, noted), env, department: 'care' })
  void next.open()
  await env.advance(1_000)
  expect(backend.requests()).toHaveLength(1)
  expect(noted.filter(([what]) => what === 'request')).toEqual([['request', 'sales']])
  expect(noted.at(-2)).toEqual(['hello', 'care'])
  next.destroy()
})

it('the wire names it in the hello and in the address of the light, and says nothing of it where a page names none', async () => {
  const hellos = ['sales', undefined].map((department) => {
    const wire = fakeWire()
    const address = { server: 'https://chat.example.com', site: 'shop', fetch }
    const context = { ...aContext(), department }
    void openWireSession({ address, openWire: wire.open, context, credential: {}, onWelcome: () => undefined, onEnd: () => undefined })
    wire.stand()
    wire.say(aWelcome())
    context.abort()
    return wire.sent[0]
  })
  expect(hellos).toMatchObject([{ t: 'hello', department: 'sales' }, { t: 'hello' }])
  expect(hellos[1]).not.toHaveProperty('department')

  const urls: string[] = []
  const answer = async (url: unknown) => {
    urls.push(String(url))
    return new Response(JSON.stringify({ rev: 1, state: 'online', reason: 'available' }))
  }
  const adapter = porchlightAdapter({ server: 'https://x.example', site: 's', WebSocket: null, fetch: answer as unknown as typeof fetch })
  const { signal } = new AbortController()
  expect(await adapter.light?.(signal, 'pl', 'sales')).toMatchObject({ state: 'online' })
  await adapter.light?.(signal, undefined, 'sales')
  expect(urls.map((url) => url.replace(/^.*\/light/, ''))).toEqual(['?lang=pl&department=sales', '?department=sales'])
})

it('a memory backend tells each page of its own department, and a visitor of that of his conversation from its beginning on', async () => {
  const backend = createMemoryBackend({ departments: { sales: ['Ben'], care: ['Cid'] } })
  const env = memoryEnv()
  const chat = createChat({ adapter: memoryAdapter({ backend }), env, department: 'care' })
  void chat.open()
  await env.advance(100)
  backend.operator({ name: 'Ben' }).available(true)
  await env.advance(100)
  expect([chat.$availability.get().state, backend.availability().state]).toEqual(['offline', 'online'])
  const cid = backend.operator({ name: 'Cid' })
  cid.available(true)
  await env.advance(100)
  expect(chat.$availability.get().state).toBe('online')
  void chat.send('It broke')
  await env.advance(100)
  cid.available(false)
  await env.advance(100)
  expect(chat.$availability.get().state).toBe('away')
  expect(backend.logs().map(({ department }) => department)).toEqual(['care'])
  chat.destroy()
})

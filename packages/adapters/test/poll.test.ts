import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pollWire } from '../src/porchlight/poll.js'
import type { WireEnd } from '../src/porchlight/wire.js'
import { aWelcome } from './fake-wire.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

interface Call {
  readonly url: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: unknown
  readonly signal: AbortSignal
  readonly answer: (body: unknown, status?: number) => Promise<void>
  readonly fail: () => Promise<void>
}

function open() {
  const calls: Call[] = []
  const heard: unknown[] = []
  const ends: WireEnd[] = []
  const fakeFetch = (url: string, init: RequestInit) =>
    new Promise<Response>((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(new Error('aborted')))
      calls.push({
        url,
        method: init.method ?? 'GET',
        headers: init.headers as Record<string, string>,
        body: init.body === undefined ? undefined : JSON.parse(String(init.body)),
        signal: init.signal as AbortSignal,
        answer: async (body, status = 200) => {
          resolve(new Response(JSON.stringify(body), { status }))
          await vi.advanceTimersByTimeAsync(0)
        },
        fail: async () => {
          reject(new Error('no way'))
          await vi.advanceTimersByTimeAsync(0)
        }
      })
    })
  const wire = pollWire(
    { server: 'https://chat.example.com', site: 'shop', fetch: fakeFetch as typeof fetch },
    { open: () => heard.push('open'), frame: (frame) => heard.push(frame), end: (end) => ends.push(end) }
  )
  const last = () => calls.at(-1)!
  return { wire, calls, heard, ends, last }
}

async function welcomed() {
  const world = open()
  await vi.advanceTimersByTimeAsync(0)
  world.wire.send({ t: 'hello' })
  await world.last().answer([aWelcome({ session: 'pls_secret' })])
  return world
}

describe('the wire over HTTP', () => {
  it('says hello alone, and then waits with the credential of the session', async () => {
    const { calls, heard } = await welcomed()
    expect(calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST https://chat.example.com/v1/frames?site=shop',
      'GET https://chat.example.com/v1/poll?wait=25000&site=shop'
    ])
    expect(calls[0]!.headers['authorization']).toBeUndefined()
    expect(calls[1]!.headers['authorization']).toBe('Bearer pls_secret')
    expect(heard).toEqual(['open', aWelcome({ session: 'pls_secret' })])
  })

  it('hands over what comes, and waits again', async () => {
    const { calls, heard, last } = await welcomed()
    await last().answer([
      { t: 'pong', echo: 1 },
      { t: 'pong', echo: 2 }
    ])
    expect(heard.slice(2)).toEqual([
      { t: 'pong', echo: 1 },
      { t: 'pong', echo: 2 }
    ])
    expect(calls).toHaveLength(3)
  })

  it('does not ask more than once a second when nothing is held back', async () => {
    const { calls, last } = await welcomed()
    for (let round = 0; round < 5; round++) {
      await last().answer([])
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(calls.length).toBeLessThanOrEqual(4)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(calls).toHaveLength(3)
  })

  it('sends one call at a time, with everything that waits in it', async () => {
    const { wire, calls, last } = await welcomed()
    for (const n of [1, 2, 3]) wire.send({ t: 'pub', n })
    const first = last()
    expect(first.body).toEqual([{ t: 'pub', n: 1 }])
    await first.answer([{ t: 'ack' }])
    expect(last().body).toEqual([
      { t: 'pub', n: 2 },
      { t: 'pub', n: 3 }
    ])
    expect(calls).toHaveLength(4)
  })

  it('says no more at once than a slow way carries in time, and a long frame alone', async () => {
    const { wire, last } = await welcomed()
    wire.send({ t: 'typing' })
    for (const n of [1, 2, 3]) wire.send({ t: 'pub', n, text: 'x'.repeat(n === 2 ? 20_000 : 9_000) })
    const numbers: unknown[][] = []
    for (let call = 0; call < 4; call++) {
      numbers.push((last().body as { n?: number }[]).map(({ n }) => n))
      await last().answer([{ t: 'ack' }])
    }
    expect(numbers).toEqual([[undefined], [1], [2], [3]])
  })

  it('ends when the server cannot be reached', async () => {
    const { last, ends } = await welcomed()
    await last().fail()
    expect(ends).toMatchObject([{ code: 'network' }])
  })

  it('ends when a call that waits for news takes too long', async () => {
    const { ends } = await welcomed()
    await vi.advanceTimersByTimeAsync(34_999)
    expect(ends).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(ends).toMatchObject([{ code: 'network' }])
  })

  it('ends 15 s after it said something that nobody answered, although news come in: what is said again would wait behind it', async () => {
    const { wire, calls, ends } = await welcomed()
    wire.send({ t: 'pub', id: '1' })
    await calls[1]!.answer([{ t: 'ping', now: 1 }])
    await vi.advanceTimersByTimeAsync(14_999)
    expect(ends).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(ends).toMatchObject([{ code: 'network' }])
  })

  it('begins again when the server forgot the session, which is no fault of the credential', async () => {
    const { last, ends } = await welcomed()
    await last().answer({ error: { code: 'unauthorized', message: 'x' } }, 401)
    expect(ends).toMatchObject([{ code: 'network' }])
  })

  it('ends with what the server says', async () => {
    const { wire, last, ends } = open()
    await vi.advanceTimersByTimeAsync(0)
    wire.send({ t: 'hello' })
    await last().answer({ error: { code: 'busy', message: 'x', after: 5_000 } }, 503)
    expect(ends).toMatchObject([{ code: 'busy', afterMs: 5_000 }])
  })

  it('ends when the answer is not of the server', async () => {
    const { wire, last, ends } = open()
    await vi.advanceTimersByTimeAsync(0)
    wire.send({ t: 'hello' })
    await last().answer('<html>a proxy</html>', 502)
    expect(ends).toMatchObject([{ code: 'network' }])
  })

  it('that is left says goodbye and hears nothing any more', async () => {
    const { wire, calls, heard, ends, last } = await welcomed()
    const waiting = last()
    wire.close()
    expect(waiting.signal.aborted).toBe(true)
    expect(last().body).toEqual([{ t: 'bye' }])
    expect(last().headers['authorization']).toBe('Bearer pls_secret')
    await last().answer([{ t: 'pong', echo: 1 }])
    expect([heard.length, ends.length, calls.length]).toEqual([2, 0, 3])
  })

  it('that is left before it stood says nothing', async () => {
    const { wire, calls, heard } = open()
    wire.close()
    await vi.advanceTimersByTimeAsync(0)
    expect([calls.length, heard.length]).toEqual([0, 0])
  })
})

import type { Session } from '@porchlight/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type OpenWire, porchlightAdapter, type WebSocketConstructor } from '../src/porchlight/porchlight-adapter.js'
import { aContext, aWelcome, fakeWire } from './fake-wire.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const nobody = () => Promise.reject(new TypeError('failed'))

/** Sockets and polls whose other end is the test. */
function aNetwork(answer: (...call: unknown[]) => Promise<Response> = nobody, loadPoll: () => Promise<void> = async () => undefined) {
  const sockets: {
    readyState: number
    onopen?: () => void
    onclose?: (event: { code: number }) => void
    onmessage?: (event: { data: string }) => void
  }[] = []
  const polls: ReturnType<typeof fakeWire>[] = []
  function Socket() {
    const socket = { readyState: 0, send: () => undefined, close: () => undefined }
    sockets.push(socket)
    return socket
  }
  const pollWire: OpenWire = (address, handlers) => {
    const wire = fakeWire()
    polls.push(wire)
    queueMicrotask(() => wire.stand())
    return wire.open(address, handlers)
  }
  const adapter = porchlightAdapter({
    server: 'https://chat.example.com/',
    site: 'shop',
    WebSocket: Socket as unknown as WebSocketConstructor,
    fetch: answer as unknown as typeof fetch,
    poll: () => loadPoll().then(() => ({ pollWire }))
  })
  const attempt = async (context = aContext()) => {
    const session = adapter.connect(context)
    session.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(0)
    return { session, context }
  }
  /** An attempt whose socket is refused. */
  const refused = async () => {
    const { session } = await attempt()
    sockets.at(-1)?.onclose?.({ code: 1006 })
    return session.catch((error: unknown) => error)
  }
  return { sockets, polls, attempt, refused, adapter }
}

describe('the way to the server', () => {
  it('is a WebSocket, and HTTP after two that were not welcomed', async () => {
    const { sockets, polls, attempt } = aNetwork()
    for (const round of [1, 2]) {
      const { session } = await attempt()
      sockets[round - 1]?.onclose?.({ code: 1006 })
      await expect(session).rejects.toMatchObject({ code: 'network' })
    }
    await attempt()
    expect([sockets.length, polls.length]).toEqual([2, 1])
  })

  it('counts a socket that says nothing for as long as a connection may take', async () => {
    const { polls, attempt } = aNetwork()
    for (let round = 0; round < 2; round++) {
      const { context } = await attempt()
      await vi.advanceTimersByTimeAsync(8_000)
      context.abort()
    }
    await attempt()
    expect(polls).toHaveLength(1)
  })

  it('does not count a socket that this side gave up early, nor one that the server refused', async () => {
    const { sockets, polls, attempt } = aNetwork()
    const { context } = await attempt()
    context.abort()
    for (let round = 1; round < 4; round++) {
      const { session } = await attempt()
      sockets[round]?.onclose?.({ code: 1013 })
      await session.catch(() => undefined)
    }
    await attempt()
    expect(polls).toHaveLength(0)
  })

  it('is looked for on both when neither answers', async () => {
    const { sockets, polls, attempt } = aNetwork()
    const kinds: string[] = []
    for (let round = 0; round < 6; round++) {
      const before = sockets.length
      const { session } = await attempt()
      kinds.push(sockets.length > before ? 'socket' : 'poll')
      if (sockets.length > before) sockets.at(-1)?.onclose?.({ code: 1006 })
      else polls.at(-1)?.end({ code: 'network', message: 'x' })
      await session.catch(() => undefined)
    }
    expect(kinds).toEqual(['socket', 'socket', 'poll', 'socket', 'poll', 'socket'])
  })

  it('goes back to a WebSocket as soon as one gets through, looked for after a minute and then every five', async () => {
    const { sockets, polls, attempt } = aNetwork()
    for (const round of [0, 1]) {
      const { session } = await attempt()
      sockets[round]?.onclose?.({ code: 1006 })
      await session.catch(() => undefined)
    }
    const { session, context } = await attempt()
    polls[0]?.say(aWelcome({ session: 'pls_x', hb: { every: 1e9, grace: 0 } }))
    await session
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sockets).toHaveLength(3)
    sockets[2]?.onclose?.({ code: 1006 })
    await vi.advanceTimersByTimeAsync(299_000)
    expect(sockets).toHaveLength(3)
    await vi.advanceTimersByTimeAsync(1_000)
    sockets[3]?.onopen?.()
    expect(context.events.at(-1)).toMatchObject({ type: 'closed', error: { retry: 'later' } })
    context.abort()
    await attempt()
    expect([sockets.length, polls.length]).toEqual([5, 1])
  })

  it('begins with a WebSocket again when a session over HTTP has ended', async () => {
    const { sockets, polls, attempt, refused } = aNetwork()
    await refused()
    await refused()
    const { session } = await attempt()
    polls[0]?.say(aWelcome({ session: 'pls_x' }))
    await session
    polls[0]?.end({ code: 'network', message: 'x' })
    await refused()
    expect(sockets).toHaveLength(3)
    await attempt()
    expect([sockets.length, polls.length]).toEqual([3, 2])
  })

  it('is a WebSocket again when the server was down and the HTTP fallback could not even be loaded', async () => {
    const { sockets, attempt, refused } = aNetwork(nobody, () => Promise.reject(new Error('down')))
    await refused()
    await refused()
    const { session } = await attempt()
    await expect(session).rejects.toMatchObject({ code: 'network' })
    await attempt()
    expect(sockets).toHaveLength(3)
  })

  it('counts a socket once that was refused late, although the attempt ends while a reason is looked for', async () => {
    const { sockets, polls, attempt } = aNetwork(() => new Promise(() => undefined))
    const { context } = await attempt()
    await vi.advanceTimersByTimeAsync(7_900)
    sockets[0]?.onclose?.({ code: 1006 })
    context.abort()
    await attempt()
    expect([sockets.length, polls.length]).toEqual([2, 0])
  })

  it('is HTTP where there is no WebSocket at all', async () => {
    const wire = fakeWire()
    const adapter = porchlightAdapter({ server: 'https://x.example', site: 's', WebSocket: null, poll: async () => ({ pollWire: wire.open }) })
    const connecting = adapter.connect(aContext())
    await vi.advanceTimersByTimeAsync(0)
    wire.say(aWelcome())
    const session: Session = await connecting
    expect(session.order).toBe('dense')
  })

  it.each([
    ['cannot be loaded', () => Promise.reject(new Error('blocked'))],
    ['loads half', async () => ({}) as { pollWire: OpenWire }]
  ])('that %s is a failure that may be tried again', async (_, poll) => {
    const adapter = porchlightAdapter({ server: 'https://x.example', site: 's', WebSocket: null, poll })
    await expect(adapter.connect(aContext())).rejects.toMatchObject({ code: 'network' })
  })
})

describe('a site', () => {
  const unknown = async () => new Response(JSON.stringify({ error: { code: 'not_found', message: 'no such site' } }), { status: 404 })

  it('that the server does not know ends the attempt for good, and is named', async () => {
    const { refused } = aNetwork(unknown)
    for (const _ of [1, 2]) expect(await refused()).toMatchObject({ code: 'not_found', retry: 'never', message: expect.stringContaining('"shop"') })
  })

  it('that the server does not know is named where plain HTTP says so by itself', async () => {
    const wire = fakeWire()
    const poll = async () => ({ pollWire: wire.open })
    const adapter = porchlightAdapter({ server: 'https://x.example', site: 'shop', WebSocket: null, poll, fetch: unknown as unknown as typeof fetch })
    const session = adapter.connect(aContext())
    session.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(0)
    wire.end({ code: 'not_found', message: 'the server answered 404' })
    await expect(session).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining('"shop"') })
  })

  it('that is not for pages of this origin ends the attempt for good, and is named', async () => {
    const asked: unknown[] = []
    const { refused } = aNetwork(async (...call) => {
      asked.push(call)
      return new Response(JSON.stringify({ error: { code: 'cors', message: 'x' } }), { status: 403 })
    })
    expect(await refused()).toMatchObject({ code: 'cors', retry: 'never', message: expect.stringContaining('"shop"') })
    // No header of ours, or a browser would ask first whether it may be sent.
    const init = { method: 'POST', body: '[]', signal: expect.anything(), credentials: 'omit' }
    expect(asked).toEqual([['https://chat.example.com/v1/frames?site=shop', init]])
  })

  it.each([
    ['the server has nothing against it', async () => new Response('[]')],
    ['something else answers 404', async () => new Response('<h1>Not found</h1>', { status: 404 })],
    ['nobody answers', nobody]
  ])('is not blamed when %s: the attempt may be tried again', async (_, answer) => {
    const { refused } = aNetwork(answer)
    expect(await refused()).toMatchObject({ code: 'network', retry: 'later' })
  })

  it('is asked for ever more rarely while no reason is found, and again at the first failure after a welcome', async () => {
    const asked: number[] = []
    let failures = 0
    const { sockets, polls, attempt } = aNetwork(() => {
      asked.push(failures)
      return nobody()
    })
    const fail = async () => {
      failures++
      const before = sockets.length
      const { session } = await attempt()
      if (sockets.length > before) sockets.at(-1)?.onclose?.({ code: 1006 })
      else polls.at(-1)?.end({ code: 'network', message: 'x' })
      await session.catch(() => undefined)
    }
    while (failures < 20) await fail()
    expect(asked).toEqual([1, 2, 4, 8, 16])
    const { session } = await attempt()
    sockets.at(-1)?.onmessage?.({ data: JSON.stringify(aWelcome()) })
    polls.at(-1)?.say(aWelcome({ session: 'pls_x' }))
    await session
    failures = 100
    await fail()
    await fail()
    await fail()
    expect(asked.slice(5)).toEqual([101, 102])
  })

  it('is not asked for when the server gave a reason, or the attempt was given up', async () => {
    let asked = 0
    const { sockets, attempt } = aNetwork(async () => {
      asked++
      return unknown()
    })
    const { session } = await attempt()
    sockets[0]?.onclose?.({ code: 1013 })
    await expect(session).rejects.toMatchObject({ code: 'busy' })
    const { session: left, context } = await attempt()
    context.abort()
    await expect(left).rejects.toMatchObject({ code: 'network' })
    expect(asked).toBe(0)
  })
})

describe('the credential', () => {
  it('of a visitor is what was saved, whatever else was', async () => {
    const { polls, adapter } = aNetwork()
    expect(polls).toHaveLength(0)
    for (const [saved, token] of [
      [{ token: 'plv_x' }, 'plv_x'],
      [{ token: 5 }, undefined],
      ['text', undefined]
    ]) {
      const wire = fakeWire()
      const direct = porchlightAdapter({ server: 'https://x.example', site: 's', WebSocket: null, poll: async () => ({ pollWire: wire.open }) })
      direct.connect(aContext({ saved })).catch(() => undefined)
      await vi.advanceTimersByTimeAsync(0)
      wire.stand()
      expect(wire.sent[0]?.['token']).toBe(token)
    }
    expect(adapter.scope).toBe('chat.example.com:shop')
  })

  it('that is refused twice is given up, so that a new visitor can begin', async () => {
    const { sockets, attempt } = aNetwork()
    const saved = { token: 'plv_x' }
    const first = await attempt(aContext({ saved }))
    sockets[0]?.onclose?.({ code: 4401 })
    await expect(first.session).rejects.toMatchObject({ code: 'unauthorized' })
    expect(first.context.events).toEqual([])
    const second = await attempt(aContext({ saved }))
    sockets[1]?.onclose?.({ code: 4401 })
    await expect(second.session).rejects.toMatchObject({ code: 'unauthorized' })
    expect(second.context.events).toEqual([{ type: 'saved', saved: null }])
  })

  it('of an operator is fetched anew for each connection, and kept nowhere', async () => {
    const wire = fakeWire()
    let tickets = 0
    const adapter = porchlightAdapter({
      server: 'https://x.example',
      site: 's',
      WebSocket: null,
      poll: async () => ({ pollWire: wire.open }),
      credential: async () => ({ ticket: `plt_${++tickets}` })
    })
    for (const round of [1, 2]) {
      adapter.connect(aContext({ saved: { token: 'plv_x' } })).catch(() => undefined)
      await vi.advanceTimersByTimeAsync(0)
      wire.stand()
      expect(wire.sent.at(-1)).toMatchObject({ ticket: `plt_${round}` })
      expect(wire.sent.at(-1)).not.toHaveProperty('token')
    }
    expect(adapter.scope).toBe('x.example:s:operator')
  })
})

describe('the options', () => {
  it.each(['Not A Site', '', 'a'.repeat(41), 'ü', undefined, null])('say what a site is called where it is %j', (site) => {
    const make = () => porchlightAdapter({ server: 'https://x.example', site: site as string })
    expect(make).toThrow(expect.objectContaining({ code: 'invalid', message: expect.stringMatching(/^site .*a-z, 0-9/) }))
  })

  it.each(['x', '', '/chat', 'chat.example.com', 'chat.example.com:8080', 'ftp://x.example', 'https://', undefined, null, 5])(
    'say what a server looks like where it is %j',
    (server) => {
      const make = () => porchlightAdapter({ server: server as string, site: 's' })
      expect(make).toThrow(expect.objectContaining({ code: 'invalid', message: expect.stringMatching(/^server .*https:\/\/chat\.example\.com/) }))
    }
  )
})

describe('the light', () => {
  const light = (body: unknown, status = 200) => {
    const urls: string[] = []
    const adapter = porchlightAdapter({
      server: 'https://x.example',
      site: 's',
      fetch: (async (url: string, init: RequestInit) => {
        urls.push(url)
        expect(init.credentials).toBe('omit')
        return new Response(JSON.stringify(body), { status })
      }) as unknown as typeof fetch
    })
    return { urls, ask: (language?: string) => adapter.light!(new AbortController().signal, language) }
  }

  it('is read without what else it says', async () => {
    const { urls, ask } = light({ rev: 3, state: 'offline', reason: 'hours', opensAt: 9, text: 'We are closed' })
    expect(await ask('pl')).toEqual({ rev: 3, state: 'offline', reason: 'hours', opensAt: 9 })
    expect(urls).toEqual(['https://x.example/v1/sites/s/light?lang=pl'])
  })

  it.each([
    [{ error: { code: 'not_found' } }, 404, 'not_found'],
    [{ state: 'perhaps' }, 200, 'network'],
    [null, 500, 'network']
  ])('that answers %j with %i is %s', async (body, status, code) => {
    await expect(light(body, status).ask()).rejects.toMatchObject({ code })
  })

  it('that cannot be reached is a network failure', async () => {
    const adapter = porchlightAdapter({ server: 'https://x.example', site: 's', fetch: () => Promise.reject(new TypeError('failed')) })
    await expect(adapter.light!(new AbortController().signal)).rejects.toMatchObject({ code: 'network' })
  })
})

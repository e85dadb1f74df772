import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { openTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** What one end of a connection has seen. */
interface End {
  readonly socket: Socket
  readonly text: () => string
  readonly pieces: () => readonly number[]
  readonly hasEnded: () => boolean
}

function watch(socket: Socket): End {
  const heard: Buffer[] = []
  let hasEnded = false
  const end = () => {
    hasEnded = true
  }
  socket.on('data', (bytes) => heard.push(bytes))
  socket.on('error', () => undefined)
  socket.on('end', end)
  socket.on('close', end)
  stops.push(() => socket.destroy())
  return { socket, text: () => String(Buffer.concat(heard)), pieces: () => heard.map(({ length }) => length), hasEnded: () => hasEnded }
}

/** A server that keeps who came, a proxy before it, and clients. */
async function scene(seed = 1) {
  const servers: End[] = []
  const server = createServer((socket) => void servers.push(watch(socket))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy = await openTcpProxy((server.address() as AddressInfo).port, seed)
  stops.push(() => {
    proxy.close()
    server.close()
  })
  const client = () => watch(connect(proxy.port, '127.0.0.1'))
  const pair = async () => {
    const near = client()
    await expect.poll(() => servers.length, { interval: 5 }).toBeGreaterThan(0)
    return { near, far: servers.shift() as End }
  }
  return { proxy, servers, client, pair }
}

/** Says something both ways over a connection made now, so that whatever was going to come on older ones has come. */
async function roundTrip({ pair }: { readonly pair: () => Promise<{ near: End; far: End }> }): Promise<void> {
  const { near, far } = await pair()
  near.socket.write('up')
  await expect.poll(far.text, { interval: 5 }).toBe('up')
  far.socket.write('down')
  await expect.poll(near.text, { interval: 5 }).toBe('down')
}

describe('a clear way', () => {
  it('passes bytes both ways and the end of each', async () => {
    const { proxy, pair } = await scene()
    const { near, far } = await pair()
    near.socket.write('question')
    far.socket.write('answer')
    await expect.poll(() => [far.text(), near.text()], { interval: 5 }).toEqual(['question', 'answer'])
    near.socket.end('goodbye')
    await expect.poll(() => [far.text(), far.hasEnded(), near.hasEnded()], { interval: 5 }).toEqual(['questiongoodbye', true, true])
    await expect.poll(proxy.counts, { interval: 5 }).toEqual({ clients: 0, servers: 0 })
  })

  it('tells the client when the server is not there', async () => {
    const proxy = await openTcpProxy(1)
    stops.push(proxy.close)
    const near = watch(connect(proxy.port, '127.0.0.1'))
    await expect.poll(near.hasEnded, { interval: 5 }).toBe(true)
  })
})

describe('a cut', () => {
  it.each(['rst', 'fin'] as const)('by %s is seen at both ends, and nobody gets through until it is mended', async (how) => {
    const world = await scene()
    const { near, far } = await world.pair()
    const codes: unknown[] = []
    near.socket.on('error', (error) => codes.push((error as NodeJS.ErrnoException).code))
    world.proxy.cut(how)
    await expect.poll(() => near.hasEnded() && far.hasEnded(), { interval: 5 }).toBe(true)
    expect(codes).toEqual(how === 'rst' ? ['ECONNRESET'] : [])
    const refused = world.client()
    await expect.poll(refused.hasEnded, { interval: 5 }).toBe(true)
    world.proxy.restore()
    await roundTrip(world)
  })
})

describe('a black hole', () => {
  it.each([
    ['both', '', ''],
    ['up', '', 'from the server'],
    ['down', 'from the client', '']
  ] as const)(
    '%s: bytes of that direction are gone, for connections that stand and for new ones, and nobody is told',
    async (direction, up, down) => {
      const world = await scene()
      const standing = await world.pair()
      world.proxy.blackHole(direction)
      const late = await world.pair()
      for (const { near, far } of [standing, late]) {
        near.socket.write('from the client')
        far.socket.write('from the server')
      }
      await expect.poll(() => [standing.far.text(), standing.near.text()], { interval: 5 }).toEqual([up, down])
      world.proxy.restore()
      await roundTrip(world)
      for (const { near, far } of [standing, late]) {
        expect([far.text(), near.text()]).toEqual([up, down])
        expect([near.hasEnded(), far.hasEnded()]).toEqual([false, false])
      }
    }
  )

  it('an end that goes takes its side along, and the other stands on', async () => {
    const world = await scene()
    const { near, far } = await world.pair()
    world.proxy.blackHole()
    near.socket.destroy()
    await expect.poll(world.proxy.counts, { interval: 5 }).toEqual({ clients: 0, servers: 1 })
    world.proxy.restore()
    await roundTrip(world)
    expect(far.hasEnded()).toBe(false)
  })
})

it.each(['end', 'resetAndDestroy'] as const)('tells when the server ends a connection by %s, also if another comes at once', async (how) => {
  const world = await scene()
  const { far } = await world.pair()
  const ended = world.proxy.serverEnds()
  far.socket[how]()
  world.client()
  await ended
})

describe('a stall', () => {
  it('delivers late what was held back, also what a client said that gave up meanwhile', async () => {
    const world = await scene()
    const { near, far } = await world.pair()
    world.proxy.stall()
    near.socket.end('last words')
    far.socket.write('an answer that nobody waits for')
    await expect.poll(() => near.hasEnded(), { interval: 5 }).toBe(false)
    expect(far.text()).toBe('')
    world.proxy.restore()
    await expect.poll(() => [far.text(), far.hasEnded()], { interval: 5 }).toEqual(['last words', true])
  })
})

describe('a shaped way', () => {
  const long = 'x'.repeat(2_000)

  it('cuts what passes into slices, the same for the same seed, and loses no byte', async () => {
    const passed = async () => {
      const { proxy, pair } = await scene(7)
      proxy.shape({ sliceBytes: 100, bytesPerSecond: 100_000 })
      const { near, far } = await pair()
      near.socket.write(long)
      await expect.poll(() => far.text().length, { interval: 5 }).toBe(long.length)
      return far.pieces().length
    }
    expect(await passed()).toBeGreaterThan(2)
  })

  it('lets no more through than so many bytes a second', async () => {
    const { proxy, pair } = await scene()
    proxy.shape({ bytesPerSecond: 10_000 })
    const { near, far } = await pair()
    const startedAt = performance.now()
    near.socket.write(long)
    await expect.poll(() => far.text().length, { interval: 5, timeout: 3_000 }).toBe(long.length)
    expect(performance.now() - startedAt).toBeGreaterThan(150)
  })

  it('delays each piece by latency and jitter, and keeps the order', async () => {
    const { proxy, pair } = await scene(3)
    proxy.shape({ latencyMs: 40, jitterMs: 60 })
    const { near, far } = await pair()
    const startedAt = performance.now()
    for (const piece of ['a', 'b', 'c', 'd']) {
      near.socket.write(piece)
      await new Promise(setImmediate)
    }
    await expect.poll(far.text, { interval: 5 }).toBe('abcd')
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(40)
  })

  it('lets who connects wait', async () => {
    const { proxy, servers, client } = await scene()
    proxy.delayAccept(80)
    const startedAt = performance.now()
    client()
    await expect.poll(() => servers.length, { interval: 5 }).toBe(1)
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(80)
  })
})

it('an answer can be withheld, and says when the server gave it', async () => {
  const { proxy, pair } = (await scene()) as { proxy: TcpProxy; pair: () => Promise<{ near: End; far: End }> }
  const { near, far } = await pair()
  const given = proxy.withhold('secret')
  far.socket.write('a secret word')
  await given
  expect(near.text()).toBe('')
})

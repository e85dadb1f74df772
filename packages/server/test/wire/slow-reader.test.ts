import type { Socket } from 'node:net'
import { limits, type ServerFrame } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { newMessageId } from '../domain/new-ids.js'
import { answerPings } from '../domain/stage.js'
import { connect, follow, openConversation, say, type Welcomed } from '../domain/wire-client.js'
import { startBusyWorld } from '../domain/world.js'

it('a socket that never reads is closed with 4508, holds a bounded amount, and costs others nothing', async () => {
  const world = await startBusyWorld()
  const [writer, deaf] = [await connect(world), await connect(world)]
  const c = await openConversation(writer)
  const own = await openConversation(deaf)
  for (let n = 1; n <= 8; n++) await say(deaf, { c: own, n, text: 'x'.repeat(7_900) })
  const stream = (deaf.socket as unknown as { readonly _socket: Socket })._socket
  stream.pause()

  const held: number[] = []
  let asked = 0
  while (world.domain.hub.count().visitors > 1 && asked < 400) {
    deaf.send({ t: 'fetch', rid: `${asked++}`, c: own, from: 1 })
    if (asked % 20 === 0) await say(writer, { c, n: asked / 20, text: 'meanwhile' })
    held.push(process.memoryUsage().arrayBuffers)
  }
  expect(world.domain.hub.count().visitors).toBe(1)
  expect(Math.max(...held) - (held[0] ?? 0)).toBeLessThan(40 * limits.sendQueueHardBytes)
  const before = process.memoryUsage().arrayBuffers
  for (let count = 0; count < 100; count++) deaf.send({ t: 'fetch', rid: `late ${count}`, c: own, from: 1 })
  await follow(writer, c)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * limits.sendQueueHardBytes)
  stream.resume()
  expect(await deaf.closed).toBe(4508)
})

it('T15: a reader whose link is narrow is told heads instead of events, and has everything once in the end', async () => {
  const world = await startBusyWorld()
  const writer = await connect(world)
  answerPings(writer)
  const c = await openConversation(writer)
  const ticket = await world.ticketFor('ann')
  const reader = await connect(world, { ticket })
  const log = readLog(reader, c)
  await follow(reader, c)
  const link = narrow(reader)
  link.stop()

  // As much as the kernel holds for both ends of a loopback socket, the server's bound, and some more.
  const count = 700
  for (let n = 1; n <= count; n++) {
    writer.send({ t: 'pub', c, id: newMessageId(), n, k: 'text', body: { text: `${n} `.padEnd(7_900, 'x') } })
    // A server that has much to do says `busy` to whoever does not wait for its answers.
    if (n % limits.inFlightMax === 0 || n === count) await writer.next('ack', ({ seq }) => seq === n)
  }
  const held = log.have()
  expect(held).toBeLessThan(count)
  link.goOn()
  await expect.poll(log.have, { timeout: 40_000 }).toBeGreaterThanOrEqual(count)
  expect(log.fetched()).toBeGreaterThan(0)
  expect(log.texts()).toEqual(Array.from({ length: count }, (_, index) => String(index + 1)))
  expect(world.domain.hub.count().operators).toBe(1)
}, 60_000)

/** A socket whose reading can be held up, and is slow after that. */
function narrow({ socket }: Welcomed): { readonly stop: () => void; readonly goOn: () => void } {
  const stream = (socket as unknown as { readonly _socket: Socket })._socket
  return {
    stop: () => stream.pause(),
    goOn: () => {
      stream.on('data', () => {
        stream.pause()
        setImmediate(() => stream.resume())
      })
      stream.resume()
    }
  }
}

/** A log as a client keeps it: only what is next is taken, and what is missing is fetched. */
function readLog({ socket, send }: Welcomed, c: string) {
  const taken: { readonly seq: number; readonly k: string; readonly data?: Readonly<Record<string, unknown>> }[] = []
  let fetched = 0
  let isFetching = false
  const have = (): number => taken.length

  function take(event: (typeof taken)[number]): void {
    if (event.seq === have() + 1) taken.push(event)
  }

  function fetchRest(head: number): void {
    if (isFetching || head <= have()) return
    isFetching = true
    fetched++
    send({ t: 'fetch', rid: `rest ${fetched}`, c, from: have() + 1 })
  }

  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as ServerFrame
    if (frame.t === 'ev' && frame.c === c) {
      take(frame)
      fetchRest(frame.seq)
    } else if (frame.t === 'page' && frame.rid.startsWith('rest')) {
      isFetching = false
      for (const event of frame.events) take(event)
      fetchRest(frame.head)
    } else if (frame.t === 'ping') {
      send({ t: 'pong', echo: frame.now })
      fetchRest(frame.heads?.[c] ?? 0)
    }
  })
  return { have, fetched: () => fetched, texts: () => taken.flatMap(({ k, data }) => (k === 'text' ? [String(data?.['text']).split(' ')[0]] : [])) }
}

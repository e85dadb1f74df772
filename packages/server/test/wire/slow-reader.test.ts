import type { Socket } from 'node:net'
import { limits } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { connect, follow, openConversation, say } from '../domain/wire-client.js'
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

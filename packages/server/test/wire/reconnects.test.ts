import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { connect, follow, openConversation, say, type Welcomed } from '../domain/wire-client.js'
import { startBusyWorld, type World } from '../domain/world.js'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes that live after a collection. The second takes what finalizers of the first let go. */
async function heapBytes(): Promise<number> {
  for (let time = 0; time < 2; time++) {
    collect()
    await new Promise(setImmediate)
  }
  return process.memoryUsage().heapUsed
}

/** The same customer comes back again and again, and goes without a word. */
async function comeAndGo(
  world: World,
  times: number,
  visitor: { readonly c: string; readonly device: string; readonly token: string }
): Promise<void> {
  for (let done = 0; done < times; done += 8) {
    const clients = await Promise.all(Array.from({ length: 8 }, () => connect(world, visitor)))
    await Promise.all(clients.slice(0, 2).map((client) => follow(client, visitor.c)))
    for (const client of clients) client.socket.terminate()
    await Promise.all(clients.map(({ closed }) => closed))
  }
}

it('a thousand connections that came and went leave nothing in the server', async () => {
  const world = await startBusyWorld()
  const first: Welcomed = await connect(world)
  const c = await openConversation(first)
  await say(first, { c, n: 1, text: 'here I am' })
  const visitor = { c, device: first.device, token: String(first.welcome.token) }

  await comeAndGo(world, 300, visitor)
  const before = await heapBytes()
  await comeAndGo(world, 1_000, visitor)
  await expect.poll(() => world.domain.hub.count().visitors).toBe(0)
  // A connection that is kept costs over ten KiB; what counts its frames lives for a minute more, and code that is compiled anew adds a megabyte.
  expect((await heapBytes()) - before).toBeLessThan(1_000 * 4_096)
}, 30_000)

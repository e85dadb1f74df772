import { createChat } from '@porchlight/core'
import { memoryEnv } from '@porchlight/core/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTcpProxy } from '../harness/tcp-proxy.js'
import { type PorchlightWorld, startPorchlightWorld } from './porchlight-world.js'

let world: PorchlightWorld

beforeAll(async () => {
  world = await startPorchlightWorld()
})
afterAll(() => world.stop(), 30_000)

it('T24: from sockets to HTTP and back in mid-send, twice: each text once, in order, the same on both sides', async () => {
  await world.makeSite('switch')
  await world.setAvailable(true)
  const operator = await world.console('switch')
  const proxy = await openTcpProxy(world.port)
  const env = memoryEnv({ clock: 'real' })
  let isBlocked = false
  let sockets = 0
  const isSocketBlocked = () => {
    if (!isBlocked) sockets++
    return isBlocked
  }
  const chat = createChat({ adapter: world.visitor('switch', { port: proxy.port, isSocketBlocked }), env })
  const texts = () => chat.$messages.get().flatMap(({ k, body }) => (k === 'text' ? [String(body['text'])] : []))
  let wasLost = false
  chat.$connection.listen(({ state }) => {
    if (state === 'waiting') wasLost = true
  })
  const cut = () => {
    proxy.cut()
    proxy.restore()
  }
  const isBack = () => {
    // Between two requests a session over HTTP does not notice a cut.
    if (!wasLost) cut()
    const { state } = chat.$connection.get()
    // The browser says that the network is back: nothing waits for the backoff.
    if (state === 'waiting') env.setOnline(true)
    return wasLost && state === 'open'
  }
  await chat.open()
  await chat.send('v0')
  await expect.poll(() => chat.$messages.get().some(({ state }) => state === 'sent'), { timeout: 5_000 }).toBe(true)
  const c = chat.$conversation.get()?.c ?? ''

  const typed = ['v0']
  for (let round = 1; round <= 4; round++) {
    isBlocked = round % 2 === 1
    const before = sockets
    wasLost = false
    for (const part of ['a', 'b', 'c']) {
      typed.push(`v${round}${part}`)
      void chat.send(`v${round}${part}`)
    }
    cut()
    await operator.say(c, round, `o${round}`)
    await expect.poll(isBack, { timeout: 10_000, interval: 5 }).toBe(true)
    // The first attempt after HTTP is a socket again.
    expect(sockets - before).toBe(isBlocked ? 0 : 1)
    await expect.poll(() => chat.$outbox.get().count, { timeout: 10_000 }).toBe(0)
  }

  await expect.poll(() => texts().length, { timeout: 10_000 }).toBe(typed.length + 4)
  const { messages } = await operator.session.history({ c, limit: 200 })
  const stored = messages.flatMap(({ k, body }) => (k === 'text' ? [String(body['text'])] : []))
  expect(texts()).toEqual(stored)
  expect(stored.filter((text) => text.startsWith('v'))).toEqual(typed)
  expect(stored.filter((text) => text.startsWith('o'))).toEqual(['o1', 'o2', 'o3', 'o4'])
  chat.destroy()
  operator.leave()
  proxy.close()
}, 60_000)

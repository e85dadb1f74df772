import type { WebSocketConstructor } from '@porchlight/adapters/porchlight'
import { checkHistory, createHistory } from '@porchlight/adapters/testing'
import { createManualClock, memoryEnv } from '@porchlight/core/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CustomerPage, openCustomer } from '../faults/customer.js'
import { createPageNetwork, type PageNetwork } from '../faults/page-network.js'
import { readLog } from '../faults/rows.js'
import { openTcpProxy } from '../harness/tcp-proxy.js'
import { type PorchlightWorld, startPorchlightWorld } from './porchlight-world.js'
import { textsOf } from './ways.js'

/** What a visitor's token is good for, and how much longer the server takes it. */
const termMs = 30 * 86_400_000
const graceMs = 30_000

// Stands still but where the test moves it: nobody is told before that the token is about to end.
const clock = createManualClock()
let world: PorchlightWorld
beforeAll(async () => {
  world = await startPorchlightWorld({ clock })
})
afterAll(() => world.stop(), 30_000)

/** A way out of a page on which every frame of the server is written down. */
function overheard(heard: { readonly t: string; readonly code?: string }[]): PageNetwork {
  const network = createPageNetwork({ origin: 'http://localhost:8080' })
  function Socket(url: string, protocols: string): WebSocket {
    const socket = new network.WebSocket(url, protocols)
    socket.addEventListener('message', ({ data }) => heard.push(JSON.parse(String(data))))
    return socket
  }
  return { ...network, WebSocket: Socket as unknown as WebSocketConstructor }
}

it('T54: a token that ends while texts are on their way to the server is renewed on the same connection, and each text arrives once, in order', async () => {
  await world.makeSite('t54')
  const proxy = await openTcpProxy(world.port)
  const operator = await world.console('t54')
  const history = createHistory(Date.now)
  const heard: { readonly t: string; readonly code?: string }[] = []
  const customer = await openCustomer({
    ...{ name: 't54', history },
    env: memoryEnv({ clock: 'real' }),
    network: () => overheard(heard),
    adapter: (network) => world.visitor('t54', { port: proxy.port, network })
  })
  const { chat, say } = customer.pages()[0] as CustomerPage
  await say('while it is good')
  await expect.poll(() => chat.$outbox.get().count).toBe(0)
  const states: string[] = []
  chat.$connection.listen(({ state }) => states.push(state))

  proxy.stall('up')
  const texts = ['one', 'two', 'three']
  for (const text of texts) await say(text)
  await expect.poll(proxy.waitingBytes).toBeGreaterThan(0)
  clock.sleep(termMs + graceMs)
  proxy.restore()
  await expect.poll(() => chat.$outbox.get().count, { timeout: 10_000 }).toBe(0)
  // It was refused for its token, or nothing would be tested.
  expect(heard.filter(({ t, code }) => t === 'authok' || code === 'auth_expired').map(({ t }) => t)).toEqual(['nack', 'nack', 'nack', 'authok'])
  expect(states).toEqual([])
  const c = chat.$conversation.get()?.c ?? ''
  const rows = await readLog(operator, c)
  expect(textsOf(rows)).toEqual(['while it is good', ...texts])
  expect(textsOf(chat.$messages.get())).toEqual(textsOf(rows))
  history.record('server', { type: 'rows', c, epoch: 'one', rows: rows.map(({ order, id, by }) => ({ seq: order, id, by: by.id })) })
  expect(checkHistory(history.entries())).toEqual([])
  operator.leave()
  customer.close()
  proxy.close()
})

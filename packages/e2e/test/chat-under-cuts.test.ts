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

const textsOf = (messages: readonly { readonly k: string; readonly body: Readonly<Record<string, unknown>> }[]) =>
  messages.flatMap(({ k, body }) => (k === 'text' ? [String(body['text'])] : []))

it('over a way that is cut again and again, every text arrives once and both sides see the same', async () => {
  await world.makeSite('cuts')
  await world.setAvailable(true)
  const operator = await world.console('cuts')
  const proxy = await openTcpProxy(world.port)
  const env = memoryEnv({ clock: 'real' })
  const chat = createChat({ adapter: world.visitor('cuts', { port: proxy.port }), env })
  await chat.open()
  await chat.send('v0')
  await expect.poll(() => chat.$messages.get().some(({ state }) => state === 'sent'), { timeout: 5_000 }).toBe(true)
  const c = chat.$conversation.get()?.c ?? ''

  const typed = ['v0']
  for (let round = 1; round <= 12; round++) {
    typed.push(`v${round}`)
    void chat.send(`v${round}`)
    const answering = operator.say(c, round, `o${round}`)
    proxy.cut()
    proxy.restore()
    await answering
    await expect.poll(() => chat.$connection.get().state, { interval: 5 }).not.toBe('open')
    // The browser says that the network is back.
    env.setOnline(true)
    await expect.poll(() => chat.$connection.get().state, { timeout: 8_000, interval: 5 }).toBe('open')
  }

  const stored = async () => textsOf((await operator.session.history({ c, limit: 200 })).messages)
  await expect.poll(() => chat.$outbox.get().count, { timeout: 20_000 }).toBe(0)
  await expect.poll(async () => textsOf(chat.$messages.get()).length === (await stored()).length, { timeout: 20_000 }).toBe(true)
  const texts = await stored()
  expect(texts.filter((text) => text.startsWith('v'))).toEqual(typed)
  expect(texts.filter((text) => text.startsWith('o'))).toHaveLength(12)
  expect(textsOf(chat.$messages.get())).toEqual(texts)
  chat.destroy()
  operator.leave()
  proxy.close()
}, 60_000)

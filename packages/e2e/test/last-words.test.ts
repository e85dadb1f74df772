import { createChat } from '@porchlight/core'
import { memoryEnv } from '@porchlight/core/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PorchlightWorld, startPorchlightWorld } from './porchlight-world.js'

let world: PorchlightWorld

beforeAll(async () => {
  world = await startPorchlightWorld()
})
afterAll(() => world.stop(), 30_000)

it('T32: what a dying page hands over in its last call is stored, and the next page that sends it again doubles nothing', async () => {
  await world.makeSite('last')
  const operator = await world.console('last')
  const adapter = world.visitor('last')
  let isDeaf = false
  /** Once deaf, nothing that is sent on the socket arrives. */
  const connect: typeof adapter.connect = async (context) => {
    const session = await adapter.connect(context)
    return { ...session, send: (draft) => (isDeaf ? new Promise(() => undefined) : session.send(draft)) }
  }
  const env = memoryEnv({ clock: 'real' })
  const chat = createChat({ adapter: { ...adapter, connect }, env })
  await chat.open()
  await chat.send('first')
  await expect.poll(() => chat.$messages.get().some(({ state }) => state === 'sent'), { timeout: 5_000 }).toBe(true)
  const c = chat.$conversation.get()?.c ?? ''
  const stored = async () => {
    const { messages } = await operator.session.history({ c, limit: 200 })
    return messages.flatMap(({ k, body }) => (k === 'text' ? [body['text']] : []))
  }

  isDeaf = true
  const texts = ['one', 'two', 'three', 'four', 'five', 'six']
  for (const text of texts) await chat.send(text)
  await expect.poll(() => chat.$outbox.get().count).toBe(6)
  env.leave()
  env.kill()
  await expect.poll(stored, { timeout: 5_000 }).toEqual(['first', ...texts])

  isDeaf = false
  const next = createChat({ adapter: { ...adapter, connect }, env: env.reload() })
  await next.open()
  await expect.poll(() => next.$outbox.get().count, { timeout: 5_000 }).toBe(0)
  expect(await stored()).toEqual(['first', ...texts])
  expect(next.$messages.get().flatMap(({ k, body }) => (k === 'text' ? [body['text']] : []))).toEqual(['first', ...texts])
  next.destroy()
  operator.leave()
}, 30_000)

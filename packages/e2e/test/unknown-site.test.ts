import { createChat } from '@porchlight/core'
import { type MemoryEnv, memoryEnv } from '@porchlight/core/testing'
import { isChatError } from '@porchlight/protocol'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PorchlightWorld, startPorchlightWorld } from './porchlight-world.js'

let world: PorchlightWorld

beforeAll(async () => {
  world = await startPorchlightWorld()
})
afterAll(() => world.stop(), 30_000)

it.each([
  ['a WebSocket', 'late-socket', false],
  ['plain HTTP', 'late-http', true]
])(
  'over %s a site that the server does not know is told at once, and what was sent goes out when it exists',
  async (_, site, isHttpOnly) => {
    const errors: Error[] = []
    const chatOn = (env: MemoryEnv) => createChat({ adapter: world.visitor(site, { isHttpOnly }), env, onError: (error) => errors.push(error) })
    const env = memoryEnv({ clock: 'real' })
    const chat = chatOn(env)
    await chat.open()
    await chat.send('Is anybody there?')
    await expect.poll(() => chat.$connection.get(), { timeout: 5_000 }).toMatchObject({ state: 'failed', error: { code: 'not_found' } })
    expect(errors.map((error) => [isChatError(error) && error.code, error.message.includes(`"${site}"`)])).toContainEqual(['not_found', true])
    expect(errors.every((error) => isChatError(error) && error.code === 'not_found')).toBe(true)
    expect(chat.$outbox.get().count).toBe(1)
    chat.destroy()

    await world.makeSite(site)
    const next = chatOn(env.reload())
    await next.open()
    const texts = () => next.$messages.get().flatMap(({ k, body, state }) => (k === 'text' ? [[body['text'], state]] : []))
    await expect.poll(texts, { timeout: 5_000 }).toEqual([['Is anybody there?', 'sent']])
    expect(next.$outbox.get().count).toBe(0)
    next.destroy()
  },
  20_000
)

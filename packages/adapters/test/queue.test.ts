import { expect, it } from 'vitest'
import { aPage, aShop } from './page.js'

const minute = 60_000

async function aWait(options = {}) {
  const { backend } = aShop()
  const page = aPage(backend, undefined, options)
  await page.open()
  void page.chat.send('Is it frost proof?')
  await page.env.advance(50)
  const visitor = backend.logs()[0]?.visitor
  if (!visitor) throw new Error('nobody wrote')
  const place = async (position: number | null, estimateMs?: number) => {
    backend.setPlace(visitor, position === null ? null : { position, since: begun, estimateMs })
    await page.env.advance(0)
  }
  const begun = page.env.now()
  return { backend, place, begun, ...page }
}

it('a place is shown while it is one, with what is known of the wait', async () => {
  const { chat, place, begun } = await aWait()
  expect(chat.$queue.get()).toBeNull()
  await place(3)
  expect(chat.$queue.get()).toEqual({ position: 3, since: begun, estimateMs: null, stage: 'waiting' })
  await place(2, 5 * minute)
  expect(chat.$queue.get()).toMatchObject({ position: 2, estimateMs: 5 * minute, stage: 'waiting' })
  await place(null)
  expect(chat.$queue.get()).toBeNull()
})

it('after a minute it is a long wait, after three the form is offered; who waits on keeps his place, and is asked again after as long', async () => {
  const { chat, env, place } = await aWait()
  await place(2)
  const stageAfter = async (ms: number) => {
    await env.advance(ms)
    return chat.$queue.get()?.stage
  }
  expect(await stageAfter(minute - 1)).toBe('waiting')
  expect(await stageAfter(1)).toBe('reassured')
  expect(await stageAfter(2 * minute - 1)).toBe('reassured')
  expect(await stageAfter(1)).toBe('offered')
  chat.keepWaiting()
  expect(chat.$queue.get()).toMatchObject({ position: 2, stage: 'reassured' })
  expect(await stageAfter(3 * minute - 1)).toBe('reassured')
  expect(await stageAfter(1)).toBe('offered')
})

it('who is told a quarter of an hour or more is offered the form at once, until he waits on', async () => {
  const { chat, place } = await aWait()
  await place(9, 15 * minute)
  expect(chat.$queue.get()?.stage).toBe('offered')
  chat.keepWaiting()
  expect(chat.$queue.get()?.stage).toBe('waiting')
})

it('a page sets its own waits', async () => {
  const { chat, env, place } = await aWait({ queueWaits: { reassureMs: 1_000, offerMs: 2_000 } })
  await place(1)
  await env.advance(1_000)
  expect(chat.$queue.get()?.stage).toBe('reassured')
  await env.advance(1_000)
  expect(chat.$queue.get()?.stage).toBe('offered')
})

it('without a connection nobody knows the place; and no timer is left when the chat is destroyed', async () => {
  const { backend, chat, env, place } = await aWait()
  await place(1)
  backend.cut()
  await env.advance(0)
  expect(chat.$queue.get()).toBeNull()
  chat.destroy()
})

it('who chose to wait on is not asked again because his connection was lost for a while', async () => {
  const { backend, chat, env, place } = await aWait()
  await place(9, 15 * minute)
  chat.keepWaiting()
  backend.cut()
  await env.advance(0)
  expect(chat.$queue.get()).toBeNull()
  backend.restore()
  for (let second = 0; second < 30; second++) await env.advance(1_000)
  await place(8, 15 * minute)
  expect(chat.$queue.get()).toMatchObject({ position: 8, stage: 'waiting' })
  chat.destroy()
})

import { createMemoryBackend, memoryAdapter } from '@porchlight/adapters/memory'
import { expect, it } from 'vitest'
import { createChat } from '../chat/create-chat.js'
import type { DeviceStorage, Durability } from '../env/env.js'
import { memoryEnv } from '../env/memory-env.js'

/** A chat on a device whose room a test takes away and gives back. */
async function aChat() {
  const env = memoryEnv()
  const device = { isFull: false, durability: 'persistent' as Durability, tries: 0 }
  const storage = (name: string): DeviceStorage => {
    const inner = env.storage(name)
    const update: DeviceStorage['large']['update'] = (key, change) => {
      if (device.isFull) device.durability = 'memory'
      return inner.large.update(key, change)
    }
    const recover = async () => {
      device.tries++
      if (!device.isFull) device.durability = 'persistent'
    }
    return { ...inner, large: { ...inner.large, update }, durability: () => device.durability, recover }
  }
  const chat = createChat({ adapter: memoryAdapter({ backend: createMemoryBackend() }), env: { ...env, storage } })
  void chat.open()
  await env.advance(1_000)
  return { env, chat, device }
}

it('T73: a chat says that what is typed is not kept as soon as that is so, and no more within 30 s of there being room again', async () => {
  const { env, chat, device } = await aChat()
  expect(chat.$durability.get()).toBe('persistent')
  device.isFull = true
  chat.setDraft('Hello')
  await env.advance(1_000)
  expect(chat.$durability.get()).toBe('memory')
  device.isFull = false
  await env.advance(30_000)
  expect(chat.$durability.get()).toBe('persistent')
  chat.destroy()
})

it('it says so at once when its page is looked at', async () => {
  const { env, chat, device } = await aChat()
  device.isFull = true
  void chat.send('Hello')
  await env.advance(100)
  expect(chat.$durability.get()).toBe('memory')
  device.isFull = false
  env.setVisible(true)
  await env.advance(100)
  expect(chat.$durability.get()).toBe('persistent')
  chat.destroy()
})

it('it looks every 30 s, however much happens, and never again once it is destroyed', async () => {
  const { env, chat, device } = await aChat()
  device.isFull = true
  // With the first text that finds no room the page counts for itself, and connects again.
  void chat.send('Hello')
  await env.advance(1_000)
  for (let times = 0; times < 20; times++) env.setVisible(true)
  await env.advance(1)
  device.tries = 0
  for (let second = 0; second < 100; second += 10) {
    void chat.send('Hello')
    await env.advance(10_000)
  }
  expect(device.tries).toBe(3)
  chat.destroy()
  await env.advance(100_000)
  expect(device.tries).toBe(3)
  expect(env.timerCount()).toBe(0)
})

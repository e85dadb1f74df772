import { expect, it } from 'vitest'
import { memoryEnv } from '../env/memory-env.js'
import { createOutbox } from './outbox.js'

const words = (items: readonly { readonly body: Readonly<Record<string, unknown>> }[]) => items.map(({ body }) => body['text'])

/** A tab whose last page had no room on the device, and kept its outbox in the tab's own storage. */
async function afterAFullDisk(durability: 'persistent' | 'limited') {
  const env = memoryEnv({ durability })
  const earlier = createOutbox(env, env.storage('x'))
  await earlier.load()
  await Promise.all([earlier.put('c', 'text', { text: 'on the device' }), env.advance(10)])
  const [kept] = earlier.all()
  const apart = {
    device: earlier.device(),
    lastN: { c: 2 },
    items: [
      { ...kept, n: 1 },
      { ...kept, id: 'another', n: 2, body: { text: 'in the tab' } }
    ]
  }
  const storage = env.storage('x')
  storage.tab.write('large/outbox', apart)
  const outbox = createOutbox(env, storage)
  await Promise.all([outbox.load(), env.advance(10)])
  return { outbox, storage, env }
}

it('what found no room on the device is taken up by the next page of its tab, once the device has room', async () => {
  const { outbox, storage, env } = await afterAFullDisk('persistent')
  expect(words(outbox.items('c'))).toEqual(['on the device', 'in the tab'])
  expect(outbox.items('c').map(({ n }) => n)).toEqual([1, 2])
  expect(storage.tab.read('large/outbox')).toBeUndefined()
  const next = createOutbox(env, env.storage('x'))
  await Promise.all([next.load(), env.advance(10)])
  expect(words(next.items('c'))).toEqual(['on the device', 'in the tab'])
})

it('it stays where it is while the device has none', async () => {
  const { outbox, storage } = await afterAFullDisk('limited')
  expect(words(outbox.items('c'))).toEqual(['on the device', 'in the tab'])
  expect(storage.tab.read('large/outbox')).not.toBeUndefined()
})

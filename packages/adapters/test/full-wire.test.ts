import type { ChatAdapter } from '@porchlight/core'
import { memoryEnv } from '@porchlight/core/testing'
import { expect, it } from 'vitest'
import { memoryAdapter } from '../src/memory/memory-adapter.js'
import { openWireSession } from '../src/porchlight/wire-session.js'
import { aContext, aWelcome, fakeWire } from './fake-wire.js'
import { aPage, aShop, storedIn } from './page.js'

it('nothing more is sent while what was sent has not left the device, and everything in its order when it has', async () => {
  const { backend } = aShop()
  const inner = memoryAdapter({ backend })
  let isFull = false
  const connect: ChatAdapter['connect'] = async (context) => ({ ...(await inner.connect(context)), isFull: () => isFull })
  const page = aPage(backend, memoryEnv({ storageDelayMs: 1 }), { adapter: { ...inner, connect } })
  await page.open()
  void page.chat.send('first')
  await page.env.advance(1_000)
  isFull = true
  for (const text of ['one', 'two', 'three']) void page.chat.send(text)
  await page.env.advance(60_000)
  expect(storedIn(backend)).toEqual(['first'])
  expect(
    page.chat.$messages
      .get()
      .slice(-3)
      .map(({ state }) => state)
  ).toEqual(['pending', 'pending', 'pending'])
  isFull = false
  await page.env.advance(200)
  expect(storedIn(backend)).toEqual(['first', 'one', 'two', 'three'])
})

it.each([
  [65_536, false],
  [65_537, true],
  [undefined, false]
])('a wire with %s bytes that have not left is full: %s', async (waitingBytes, isFull) => {
  const wire = fakeWire()
  const opening = openWireSession({
    address: { server: 'https://chat.example.com', site: 'shop', fetch },
    openWire: (...parameters) => ({ ...wire.open(...parameters), ...(waitingBytes === undefined ? {} : { waitingBytes: () => waitingBytes }) }),
    context: aContext(),
    credential: {},
    onWelcome: () => undefined,
    onEnd: () => undefined
  })
  wire.stand()
  wire.say(aWelcome())
  expect((await opening).isFull?.()).toBe(isFull)
})

import { memoryEnv } from '@porchlight/core/testing'
import { expect, it } from 'vitest'
import { memoryAdapter } from '../src/memory/memory-adapter.js'
import { aPage, aShop, storedIn, textsOf } from './page.js'

/** Tabs of one browser, some with a way to the backend. */
function tabs() {
  const { backend } = aShop()
  const inner = memoryAdapter({ backend })
  const adapter = { ...inner, connect: () => Promise.reject(new Error('no way')) }
  const cutOff = aPage(backend, memoryEnv({ storageDelayMs: 1 }), { adapter })
  return { backend, cutOff, connected: () => aPage(backend, cutOff.env.newTab()) }
}

it('texts of tabs that wrote without a connection and are gone go out with the next page, in the order of writing', async () => {
  const { backend, cutOff: one, connected } = tabs()
  const two = one.newTab()
  // Both look before either writes, so each begins a conversation of its own.
  await one.open()
  await two.open()
  for (const [page, text] of [
    [one, 'first'],
    [two, 'second'],
    [one, 'third']
  ] as const) {
    void page.chat.send(text)
    await page.env.advance(100)
  }
  one.env.kill()
  two.env.kill()
  const next = connected()
  await next.open()
  await next.env.advance(5_000)
  expect(storedIn(backend)).toEqual(['first', 'second', 'third'])
  expect(textsOf(next.chat)).toEqual(['first', 'second', 'third'])
})

it('what a tab without a connection wrote first goes out before what a connected one writes then', async () => {
  const { backend, cutOff, connected } = tabs()
  const next = connected()
  await cutOff.open()
  await next.open()
  void next.chat.send('hello')
  await next.env.advance(1_000)
  void cutOff.chat.send('first')
  await next.env.advance(100)
  void next.chat.send('second')
  await next.env.advance(5_000)
  expect(storedIn(backend)).toEqual(['hello', 'first', 'second'])
})

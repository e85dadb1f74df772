import type { ChatAdapter } from '@porchlight/core'
import { type MemoryEnv, memoryEnv } from '@porchlight/core/testing'
import { ChatError } from '@porchlight/protocol'
import { describe, expect, it } from 'vitest'
import { type MemoryBackend, memoryAdapter } from '../src/memory/memory-adapter.js'
import { aPage, aShop, type Page, storedIn } from './page.js'

/** A backend that ends the connection over a text it cannot take, without saying which; what came with it is not read either. */
function choking(backend: MemoryBackend, env: MemoryEnv, isBad: (text: unknown) => boolean): ChatAdapter {
  const inner = memoryAdapter({ backend })
  const connect: ChatAdapter['connect'] = async (context) => {
    let isOver = false
    const session = await inner.connect(context)
    return {
      ...session,
      send: async (draft) => {
        if (isBad(draft.body['text'])) {
          isOver = true
          // In the same breath: nothing that was sent before is answered any more.
          context.emit({ type: 'closed', error: new ChatError('too_large', 'the frame is too large') })
        }
        if (isOver) return { outcome: 'unknown' }
        await new Promise<void>((resolve) => void env.setTimer(resolve, 50))
        return isOver ? { outcome: 'unknown' } : session.send(draft)
      }
    }
  }
  return { ...inner, connect }
}

function aChokingPage(backend: MemoryBackend, isBad: (text: unknown) => boolean): Page {
  const env = memoryEnv({ storageDelayMs: 1 })
  return aPage(backend, env, { adapter: choking(backend, env, isBad) })
}

const statesOf = ({ chat }: Page) => chat.$messages.get().map(({ body, state, failure }) => [body['text'], state, failure])

describe('T71: a text that ends the connection', () => {
  it('is failed where it was alone on its way, and what follows goes out', async () => {
    const { backend } = aShop()
    const page = aChokingPage(backend, (text) => text === 'bad')
    await page.open()
    void page.chat.send('one')
    await page.env.advance(20_000)
    void page.chat.send('bad')
    await page.env.advance(20_000)
    void page.chat.send('two')
    await page.env.advance(20_000)
    expect(storedIn(backend)).toEqual(['one', 'two'])
    expect(statesOf(page)).toEqual([
      ['one', 'sent', undefined],
      ['two', 'sent', undefined],
      ['bad', 'failed', 'too_large']
    ])
    expect(page.chat.$connection.get().state).toBe('open')
  })

  it('is found among several by sending them one by one, and no other is blamed', async () => {
    const { backend } = aShop()
    const page = aChokingPage(backend, (text) => text === 'bad')
    await page.open()
    void page.chat.send('zero')
    await page.env.advance(20_000)
    for (const text of ['one', 'two', 'bad', 'three', 'four']) void page.chat.send(text)
    await page.env.advance(60_000)
    expect(storedIn(backend)).toEqual(['zero', 'one', 'two', 'three', 'four'])
    expect(statesOf(page).filter(([, state]) => state === 'failed')).toEqual([['bad', 'failed', 'too_large']])
  })

  it('whatever it is, three times in a minute, ends the trying, and nothing that was typed is lost', async () => {
    const { backend } = aShop()
    const page = aChokingPage(backend, (text) => text !== 'zero')
    await page.open()
    void page.chat.send('zero')
    await page.env.advance(20_000)
    for (const text of ['one', 'two', 'three', 'four']) void page.chat.send(text)
    await page.env.advance(60_000)
    expect(page.chat.$connection.get()).toMatchObject({ state: 'failed', error: { code: 'too_large' } })
    expect(page.chat.$messages.get().map(({ body }) => body['text'])).toEqual(['zero', 'one', 'two', 'three', 'four'])
    expect(storedIn(backend)).toEqual(['zero'])
  })
})

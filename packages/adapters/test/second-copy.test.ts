import type { ChatAdapter, Session } from '@porchlight/core'
import { memoryEnv } from '@porchlight/core/testing'
import { describe, expect, it } from 'vitest'
import { createMemoryBackend, memoryAdapter } from '../src/memory/memory-adapter.js'
import { aPage, storedIn, textsOf } from './page.js'

/** A shop whose backend stores the same text twice when it is sent twice, behind a way on which the first text can be late or its answer lost. */
async function aForgetfulShop({ canReconcile }: { readonly canReconcile: boolean }) {
  const backend = createMemoryBackend({ idempotentSend: false, order: 'cursor' })
  backend.operator({ name: 'Ben' }).available(true)
  const inner = memoryAdapter({ backend })
  const late: (() => void)[] = []
  let way: 'clear' | 'late' | 'unanswered' = 'clear'
  const connect: ChatAdapter['connect'] = async (context) => {
    // What an aborted attempt has on its way may still arrive.
    const { reconcile, ...session } = await inner.connect({ ...context, signal: new AbortController().signal })
    const send: Session['send'] = async (draft) => {
      if (way === 'clear') return session.send(draft)
      if (way === 'late') return new Promise(() => late.push(() => void session.send(draft)))
      await session.send(draft)
      return { outcome: 'unknown' }
    }
    return { ...session, send, ...(canReconcile && reconcile ? { reconcile } : {}) }
  }
  const page = aPage(backend, memoryEnv({ storageDelayMs: 1 }), { adapter: { ...inner, connect } })
  await page.open()
  void page.chat.send('first')
  await page.env.advance(1_000)
  return {
    backend,
    page,
    set: (next: typeof way) => {
      way = next
    },
    arrive: () => late.splice(0).forEach((call) => void call())
  }
}

describe('a backend that would store a second copy', () => {
  it('gets none while the first, of a page that died, may still be on its way', async () => {
    const shop = await aForgetfulShop({ canReconcile: true })
    shop.set('late')
    void shop.page.chat.send('slow')
    await shop.page.env.advance(100)
    const next = shop.page.reload()
    shop.set('clear')
    await next.open()
    void next.chat.send('after it')
    await next.env.advance(3_000)
    expect(storedIn(shop.backend)).toEqual(['first'])
    shop.arrive()
    await next.env.advance(20_000)
    expect(storedIn(shop.backend)).toEqual(['first', 'slow', 'after it'])
    expect([textsOf(next.chat), next.chat.$outbox.get().count]).toEqual([['first', 'slow', 'after it'], 0])
  })

  it('gets it when the first has not arrived in time', async () => {
    const shop = await aForgetfulShop({ canReconcile: true })
    shop.set('late')
    void shop.page.chat.send('lost')
    await shop.page.env.advance(100)
    const next = shop.page.reload()
    shop.set('clear')
    await next.open()
    await next.env.advance(12_000)
    expect([storedIn(shop.backend), textsOf(next.chat)]).toEqual([
      ['first', 'lost'],
      ['first', 'lost']
    ])
  })

  it('is asked for what it did not answer, and has it once', async () => {
    const shop = await aForgetfulShop({ canReconcile: true })
    shop.set('unanswered')
    void shop.page.chat.send('heard')
    await shop.page.env.advance(5_000)
    expect([storedIn(shop.backend), shop.page.chat.$outbox.get().count]).toEqual([['first', 'heard'], 0])
  })

  it('and cannot be asked for the first gets it by its author’s word alone', async () => {
    const shop = await aForgetfulShop({ canReconcile: false })
    const { chat, env } = shop.page
    shop.set('late')
    void chat.send('lost')
    await env.advance(100)
    const next = shop.page.reload()
    shop.set('clear')
    await next.open()
    await next.env.advance(60_000)
    const [, lost] = next.chat.$messages.get()
    expect([lost?.state, lost?.failure, storedIn(shop.backend)]).toEqual(['failed', 'timeout', ['first']])
    next.chat.resend(String(lost?.id))
    await next.env.advance(1_000)
    expect([storedIn(shop.backend), next.chat.$outbox.get().count]).toEqual([['first', 'lost'], 0])
  })
})

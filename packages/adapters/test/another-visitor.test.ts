import type { ChatAdapter, Session } from '@porchlight/core'
import { type MemoryEnv, memoryEnv } from '@porchlight/core/testing'
import { ChatError } from '@porchlight/protocol'
import { describe, expect, it } from 'vitest'
import { type MemoryBackend, memoryAdapter } from '../src/memory/memory-adapter.js'
import { aPage, aShop, type Page, storedIn, textsOf } from './page.js'

const fields = { name: 'Ann', email: 'ann@example.com', text: 'Where is my parcel?' }

/** What happens between a page and the backend. */
interface Loss {
  /** Whether what the backend says about texts and requests is lost on its way back. */
  isOn: boolean
  /** Under whom requests went out. */
  readonly askedBy: string[]
}

/** An adapter whose answers can be lost. */
function deafAdapter(backend: MemoryBackend, loss: Loss): ChatAdapter {
  const inner = memoryAdapter({ backend })
  const lose = async <T>(answer: Promise<T>): Promise<T> => {
    const known = await answer
    if (loss.isOn) throw new ChatError('network', 'the answer was lost')
    return known
  }
  const connect: ChatAdapter['connect'] = async (context) => {
    const session = await inner.connect({
      ...context,
      emit: (event) => {
        if (event.type !== 'message' || !loss.isOn) context.emit(event)
      }
    })
    const request: Session['request'] = (draft) => {
      loss.askedBy.push(session.you.id)
      return lose(session.request!(draft))
    }
    const send: Session['send'] = async (draft) => {
      const outcome = await session.send(draft)
      return loss.isOn ? new Promise(() => undefined) : outcome
    }
    return { ...session, send, request }
  }
  return { ...inner, connect }
}

/** Two tabs of one visitor; of the first, answers can be lost. */
async function twoTabs() {
  const { backend } = aShop()
  const loss: Loss = { isOn: false, askedBy: [] }
  const one = aPage(backend, memoryEnv({ storageDelayMs: 1 }), { adapter: deafAdapter(backend, loss) })
  await one.open()
  void one.chat.send('first')
  await one.env.advance(1_000)
  const two = one.newTab()
  await two.open()
  const loseVisitor = async () => {
    void two.chat.reset()
    await two.env.advance(100)
    loss.isOn = false
    await one.env.advance(60_000)
  }
  return { backend, loss, one, two, loseVisitor }
}

/** An adapter that says 40 ms late what the backend has stored. */
function slowAdapter(backend: MemoryBackend, env: MemoryEnv): { readonly adapter: ChatAdapter; readonly attempts: () => number } {
  const inner = memoryAdapter({ backend })
  const later = (callback: () => void) => void env.setTimer(callback, 40)
  let attempts = 0
  const connect: ChatAdapter['connect'] = async (context) => {
    attempts++
    const emit: typeof context.emit = (event) => (event.type === 'message' ? later(() => context.emit(event)) : context.emit(event))
    const session = await inner.connect({ ...context, emit })
    const send: Session['send'] = async (draft) => {
      const outcome = await session.send(draft)
      return new Promise((resolve) => later(() => resolve(outcome)))
    }
    return { ...session, send }
  }
  return { adapter: { ...inner, connect }, attempts: () => attempts }
}

const statesOf = ({ chat }: Page) => chat.$messages.get().map(({ body, state, failure }) => [body['text'], state, failure])
const questionsIn = (backend: MemoryBackend) => backend.requests().map((request) => request.fields.text)

describe('a text that was handed over before another tab forgot the visitor', () => {
  it('does not go out again by itself, and is shown as failed', async () => {
    const { backend, loss, one, loseVisitor } = await twoTabs()
    loss.isOn = true
    void one.chat.send('only once')
    await one.env.advance(10)
    expect(storedIn(backend)).toEqual(['first', 'only once'])
    await loseVisitor()
    expect(one.chat.$connection.get().state).toBe('open')
    expect(statesOf(one)).toEqual([['only once', 'failed', 'timeout']])
    void one.chat.send('somebody else')
    await one.env.advance(60_000)
    expect(storedIn(backend)).toEqual(['first', 'only once', 'somebody else'])
    expect(statesOf(one)).toEqual([
      ['somebody else', 'sent', undefined],
      ['only once', 'failed', 'timeout']
    ])
  })

  it('goes out again when its author says so, and away when he drops it', async () => {
    const { backend, loss, one, loseVisitor } = await twoTabs()
    loss.isOn = true
    void one.chat.send('again')
    void one.chat.send('never again')
    await one.env.advance(10)
    await loseVisitor()
    const [again, neverAgain] = one.chat.$messages.get()
    one.chat.resend(again!.id)
    one.chat.discard(neverAgain!.id)
    await one.env.advance(1_000)
    expect(statesOf(one)).toEqual([['again', 'sent', undefined]])
    expect(storedIn(backend)).toEqual(['first', 'again', 'never again', 'again'])
  })

  it('is still failed after a reload', async () => {
    const { backend, loss, one, loseVisitor } = await twoTabs()
    loss.isOn = true
    void one.chat.send('only once')
    await one.env.advance(10)
    await loseVisitor()
    const next = one.reload()
    await next.open()
    await next.env.advance(60_000)
    expect(statesOf(next)).toEqual([['only once', 'failed', 'timeout']])
    expect(storedIn(backend)).toEqual(['first', 'only once'])
  })

  it('does not hold back one that was never handed over', async () => {
    const { backend, one, two } = await twoTabs()
    backend.cut()
    one.env.setOnline(false)
    void one.chat.send('for whoever I am')
    await one.env.advance(100)
    void two.chat.reset()
    await two.env.advance(5_000)
    backend.restore()
    one.env.setOnline(true)
    await one.env.advance(60_000)
    expect(textsOf(one.chat)).toEqual(['for whoever I am'])
    expect(storedIn(backend)).toEqual(['first', 'for whoever I am'])
  })
})

describe('a request that was sent before another tab forgot the visitor', () => {
  it('does not go out again by itself: it is a draft again', async () => {
    const { backend, loss, one, loseVisitor } = await twoTabs()
    loss.isOn = true
    void one.chat.leaveRequest(fields)
    await one.env.advance(10)
    expect(questionsIn(backend)).toEqual([fields.text])
    expect(one.chat.$request.get().state).toBe('held')
    await loseVisitor()
    expect(questionsIn(backend)).toEqual([fields.text])
    expect(new Set(loss.askedBy).size).toBe(1)
    expect(one.chat.$request.get()).toEqual({ state: 'needs_fix', fields, problems: {}, receipt: null, error: 'timeout' })
    expect(one.chat.$draft.get()).toBe(fields.text)
  })

  it('goes out once more when its author says so, under another key', async () => {
    const { backend, loss, one, loseVisitor } = await twoTabs()
    loss.isOn = true
    void one.chat.leaveRequest(fields)
    await one.env.advance(10)
    await loseVisitor()
    loss.askedBy.length = 0
    void one.chat.leaveRequest()
    await one.env.advance(1_000)
    expect(loss.askedBy).toHaveLength(1)
    expect(one.chat.$request.get().state).toBe('accepted')
    expect(new Set(backend.requests().map(({ id }) => id)).size).toBe(2)
  })

  it('is a draft again beside what is in the composer, also after a reload', async () => {
    const { backend, loss, one, two } = await twoTabs()
    loss.isOn = true
    void one.chat.leaveRequest(fields)
    await one.env.advance(10)
    one.chat.setDraft('And where is the other one?')
    void two.chat.reset()
    const next = one.reload()
    await next.env.advance(100)
    loss.isOn = false
    await next.open()
    await next.env.advance(60_000)
    expect(questionsIn(backend)).toEqual([fields.text])
    expect(next.chat.$request.get()).toMatchObject({ state: 'needs_fix', error: 'timeout' })
    expect(next.chat.$draft.get()).toBe(`${fields.text}\n\nAnd where is the other one?`)
  })

  it('is a draft again also in a tab that held it without having sent it', async () => {
    const { backend, one, two } = await twoTabs()
    const other = one.newTab()
    backend.cut()
    one.env.setOnline(false)
    other.env.setOnline(false)
    void one.chat.leaveRequest(fields)
    await one.env.advance(1_000)
    void other.chat.open()
    await other.env.advance(1_000)
    expect(other.chat.$request.get().state).toBe('held')
    // From now on it does not hear what becomes of the request elsewhere.
    other.env.leave()
    backend.restore()
    one.env.setOnline(true)
    await one.env.advance(5_000)
    expect(one.chat.$request.get().state).toBe('accepted')
    void two.chat.reset()
    await two.env.advance(5_000)
    other.env.comeBack()
    other.env.setOnline(true)
    await other.env.advance(60_000)
    expect(questionsIn(backend)).toEqual([fields.text])
    expect(other.chat.$request.get()).toMatchObject({ state: 'needs_fix', fields, error: 'timeout' })
  })

  it('goes out by itself when it was never sent', async () => {
    const { backend, one, two } = await twoTabs()
    backend.cut()
    one.env.setOnline(false)
    void one.chat.leaveRequest(fields)
    await one.env.advance(100)
    void two.chat.reset()
    await two.env.advance(5_000)
    backend.restore()
    one.env.setOnline(true)
    await one.env.advance(60_000)
    expect(one.chat.$request.get().state).toBe('accepted')
    expect(questionsIn(backend)).toEqual([fields.text])
  })
})

describe('the count of a reset', () => {
  it.each([
    [0, 3],
    [100, 0]
  ])('has no text that is stored: of three sent %i ms before over a slow network, %i', async (beforeMs, expected) => {
    const { backend } = aShop()
    const env = memoryEnv({ storageDelayMs: 2 })
    const { adapter, attempts } = slowAdapter(backend, env)
    const page = aPage(backend, env, { adapter })
    await page.open()
    void page.chat.send('zero')
    await env.advance(1_000)
    for (const text of ['one', 'two', 'three']) void page.chat.send(text)
    await env.advance(beforeMs)
    let dropped: number | undefined
    void page.chat.reset().then((count) => {
      dropped = count
    })
    await env.advance(5_000)
    expect([dropped, storedIn(backend).length]).toEqual([expected, 4 - expected])
    expect(attempts()).toBe(1)
  })

  it('has no text that is acknowledged while what stands before it is not read yet', async () => {
    const { backend, ben } = aShop()
    const loss: Loss = { isOn: false, askedBy: [] }
    const adapter = memoryAdapter({ backend })
    const connect: ChatAdapter['connect'] = (context) =>
      adapter.connect({ ...context, emit: (event) => (event.type === 'message' && loss.isOn ? undefined : context.emit(event)) }).then((session) => ({
        ...session,
        history: (query) => (loss.isOn ? new Promise(() => undefined) : session.history(query))
      }))
    const page = aPage(backend, undefined, { adapter: { ...adapter, connect } })
    await page.open()
    void page.chat.send('one')
    await page.env.advance(1_000)
    loss.isOn = true
    ben.reply(ben.conversations()[0]!.c, 'an answer that is late')
    void page.chat.send('two')
    await page.env.advance(1_000)
    expect(page.chat.$outbox.get().count).toBe(1)
    let dropped: number | undefined
    void page.chat.reset().then((count) => {
      dropped = count
    })
    await page.env.advance(5_000)
    expect(dropped).toBe(0)
  })
})

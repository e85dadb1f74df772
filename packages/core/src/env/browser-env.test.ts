import { afterEach, describe, expect, it, vi } from 'vitest'
import { browserEnv } from './browser-env.js'

afterEach(() => void vi.unstubAllGlobals())

/** A page whose window has what is given. */
function aPage(parts: object) {
  const listeners = new Map<string, (event: unknown) => void>()
  const view = {
    addEventListener: (type: string, callback: (event: unknown) => void) => listeners.set(type, callback),
    removeEventListener: (type: string) => listeners.delete(type),
    ...parts
  }
  vi.stubGlobal('document', { defaultView: view, visibilityState: 'visible' })
  const say = (type: string, more: object = {}) => listeners.get(type)?.({ type, ...more })
  return { env: browserEnv(), say, listeners }
}

class Channel {
  static readonly open: Channel[] = []
  onmessage?: (event: { data: unknown }) => void
  readonly name: string
  readonly told: unknown[] = []
  constructor(name: string) {
    this.name = name
    Channel.open.push(this)
  }
  postMessage(word: unknown) {
    if (!Channel.open.includes(this)) throw new Error('closed')
    this.told.push(word)
  }
  close() {
    const place = Channel.open.indexOf(this)
    if (place >= 0) Channel.open.splice(place, 1)
  }
}

describe('the channel between pages', () => {
  it('is closed while the page is in the back/forward cache, and open again when it comes back', () => {
    const { env, say, listeners } = aPage({ BroadcastChannel: Channel })
    const heard: unknown[] = []
    const channel = env.channel?.('porchlight:x', (word) => heard.push(word))
    Channel.open[0]?.onmessage?.({ data: 1 })
    say('pagehide')
    expect(Channel.open).toEqual([])
    channel?.tell('lost')
    say('pageshow', { persisted: true })
    channel?.tell('told')
    Channel.open[0]?.onmessage?.({ data: 2 })
    expect([Channel.open.map(({ name, told }) => [name, told]), heard]).toEqual([[['porchlight:x', ['told']]], [1, 2]])
    channel?.close()
    expect([Channel.open, listeners.size]).toEqual([[], 0])
  })

  it('is not there in an old browser, and silent where it is denied', () => {
    expect(aPage({}).env.channel).toBeUndefined()
    function Denied() {
      throw new Error('SecurityError')
    }
    const channel = aPage({ BroadcastChannel: Denied }).env.channel?.('x', () => undefined)
    channel?.tell('lost')
    channel?.close()
  })
})

describe('the lock between pages', () => {
  type Hold = (lock: object | null) => Promise<void>
  /** Locks that are given when the test says so. */
  function locks() {
    const asked: { readonly name: string; readonly options: { ifAvailable?: boolean; signal?: AbortSignal }; readonly hold: Hold }[] = []
    const request = (name: string, options: { signal?: AbortSignal }, hold: Hold) =>
      new Promise<void>((resolve, reject) => {
        options.signal?.addEventListener('abort', () => reject(new Error('AbortError')))
        asked.push({ name, options, hold: (lock) => hold(lock).then(resolve) })
      })
    return { asked, ...aPage({ navigator: { locks: { request } } }) }
  }

  it('is held until it is given back', async () => {
    const { asked, env } = locks()
    const taking = env.lock?.('x', 1_000)
    let isOver = false
    void asked[0]?.hold({}).then(() => {
      isOver = true
    })
    const release = await taking
    expect([asked[0]?.options.signal instanceof AbortSignal, isOver]).toEqual([true, false])
    release?.()
    await vi.waitFor(() => expect(isOver).toBe(true))
  })

  it('is not waited for longer than said, nor at all where no wait is said', async () => {
    const { asked, env } = locks()
    expect(await env.lock?.('x', 1)).toBeUndefined()
    const taking = env.lock?.('x', 0)
    expect(asked[1]?.options).toEqual({ ifAvailable: true })
    await asked[1]?.hold(null)
    expect(await taking).toBeUndefined()
  })

  it('is not there in an old browser', () => {
    expect(aPage({ navigator: {} }).env.lock).toBeUndefined()
  })
})

it('a finger that points is known', () => {
  const isTouch = (matches: boolean) => aPage({ matchMedia: () => ({ matches }) }).env.isTouch?.()
  expect([isTouch(true), isTouch(false), aPage({}).env.isTouch?.()]).toEqual([true, false, false])
})

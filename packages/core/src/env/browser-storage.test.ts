import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { browserEnv } from './browser-env.js'
import { browserStorage } from './browser-storage.js'

/** A Web Storage area that a test can deny or fill up. */
function anArea() {
  const values = new Map<string, string>()
  const area = { isFull: false, getItem: (key: string) => values.get(key) ?? null, removeItem: (key: string) => void values.delete(key), setItem }
  function setItem(key: string, value: string): void {
    if (area.isFull) throw new Error('QuotaExceededError')
    values.set(key, value)
  }
  return { area, values }
}

const one = anArea()
const two = anArea()
const page = {
  get sessionStorage() {
    return one.area
  },
  get localStorage() {
    return two.area
  }
}

beforeEach(() => vi.stubGlobal('document', { defaultView: page, visibilityState: 'visible' }))
afterEach(() => {
  vi.unstubAllGlobals()
  one.values.clear()
  two.values.clear()
  one.area.isFull = two.area.isFull = false
})

describe('storage of a page where IndexedDB is denied', () => {
  it('T73: keeps large values in this tab, and says how safe that is', async () => {
    const storage = browserStorage('porchlight:x')
    expect(await storage.large.update('outbox', () => ({ items: [1] }))).toEqual({ items: [1] })
    expect(storage.durability()).toBe('limited')
    const next = browserStorage('porchlight:x')
    expect(await next.large.read('outbox')).toEqual({ items: [1] })
  })

  it('T73: keeps them in memory when this tab has no room either', async () => {
    one.area.isFull = true
    const storage = browserStorage('porchlight:x')
    await storage.large.update('outbox', () => 'kept')
    expect(storage.durability()).toBe('memory')
    expect(await storage.large.update('outbox', (value) => `${String(value)} and changed`)).toBe('kept and changed')
  })

  it('T73: what finds no room in the small storage stays with its page, beside what others keep there', () => {
    const storage = browserStorage('porchlight:x')
    storage.small.write('saved', 'old')
    two.area.isFull = true
    expect(storage.small.write('saved', 'new')).toBe(false)
    expect(storage.small.write('activeAt', 5)).toBe(false)
    expect([storage.small.read('saved'), storage.small.read('activeAt')]).toEqual(['new', 5])
    two.area.isFull = false
    browserStorage('porchlight:x').small.write('other', 1)
    expect(storage.small.write('activeAt', 6)).toBe(true)
    expect(two.values.get('porchlight:x')).toBe('{"saved":"new","other":1,"activeAt":6}')
  })

  it('puts everything of one name under one key in each area', () => {
    const storage = browserStorage('porchlight:x')
    storage.small.write('saved', { token: 't' })
    storage.small.write('activeAt', 5)
    storage.tab.write('draft', 'text')
    expect([...two.values]).toEqual([['porchlight:x', '{"saved":{"token":"t"},"activeAt":5}']])
    expect([...one.values]).toEqual([['porchlight:x', '{"draft":"text"}']])
    storage.small.write('saved', undefined)
    expect(storage.small.read('saved')).toBeUndefined()
  })

  it('leaves no key behind when the last value goes', () => {
    const storage = browserStorage('porchlight:x')
    storage.small.write('saved', 1)
    storage.small.write('saved', undefined)
    storage.tab.write('sent', undefined)
    expect([one.values.size, two.values.size]).toEqual([0, 0])
  })

  it('survives garbage that somebody else put there', () => {
    two.values.set('porchlight:x', 'not JSON')
    const storage = browserStorage('porchlight:x')
    expect(storage.small.read('saved')).toBeUndefined()
    expect(storage.small.write('saved', 1)).toBe(true)
    two.values.set('porchlight:x', '"text"')
    expect(storage.small.read('saved')).toBeUndefined()
  })

  it('forgets everything at once', async () => {
    const storage = browserStorage('porchlight:x')
    storage.small.write('saved', 1)
    storage.tab.write('draft', 'text')
    await storage.large.update('outbox', () => 1)
    await storage.clear()
    expect([one.values.size, two.values.size, await storage.large.read('outbox')]).toEqual([0, 0, undefined])
  })
})

describe('where there is no page', () => {
  it('time and randomness are real, and what is stored is in memory', async () => {
    vi.unstubAllGlobals()
    const env = browserEnv()
    expect(Math.abs(env.now() - Date.now())).toBeLessThan(1_000)
    expect(env.random(new Uint8Array(8)).some((byte) => byte !== 0)).toBe(true)
    expect([env.isOnline(), env.isVisible(), env.page()]).toEqual([true, true, undefined])
    for (const stop of [env.onWake(() => undefined), env.onHide(() => undefined), env.onOffline(() => undefined)]) stop()
    const storage = env.storage('porchlight:x')
    storage.small.write('saved', 1)
    expect(storage.small.read('saved')).toBe(1)
    await storage.large.update('outbox', () => 2)
    expect(await storage.large.read('outbox')).toBe(2)
    expect(storage.durability()).toBe('memory')
  })
})

describe('the life of a page', () => {
  it('is told apart: looked at, hidden, leaving, back from the cache, online, offline', () => {
    const listeners = new Map<string, (event: unknown) => void>()
    const target = (prefix: string) => ({
      addEventListener: (type: string, callback: (event: unknown) => void) => listeners.set(prefix + type, callback),
      removeEventListener: (type: string) => listeners.delete(prefix + type)
    })
    const document = { ...target('document '), visibilityState: 'visible', defaultView: target('window ') }
    vi.stubGlobal('document', document)
    const env = browserEnv()
    const heard: string[] = []
    const stops = [env.onWake(() => heard.push('wake')), env.onOffline(() => heard.push('offline'))]
    listeners.get('document visibilitychange')?.({})
    listeners.get('window pageshow')?.({ type: 'pageshow', persisted: false })
    listeners.get('window pageshow')?.({ type: 'pageshow', persisted: true })
    listeners.get('window online')?.({ type: 'online' })
    listeners.get('window offline')?.({})
    document.visibilityState = 'hidden'
    listeners.get('document visibilitychange')?.({})
    expect(heard).toEqual(['wake', 'wake', 'wake', 'offline'])
    for (const stop of stops) stop()
    expect(listeners.size).toBe(0)
    const hides: boolean[] = []
    env.onHide((isLeaving) => hides.push(isLeaving))
    listeners.get('document visibilitychange')?.({})
    listeners.get('window pagehide')?.({})
    document.visibilityState = 'visible'
    listeners.get('document visibilitychange')?.({})
    expect(hides).toEqual([false, true])
  })
})

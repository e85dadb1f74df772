import '../../../test/shell-lab.js'
import { createMemoryBackend, memoryAdapter } from '@porchlight/adapters/memory'
import type { Availability } from '@porchlight/protocol'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import en from '../../../locales/en.json'
import { settle } from '../../../test/shell-lab.js'
import type { Panel, PanelHost } from '../../panel/panel.types.js'
import type { ChatElement, LoadChunk } from '../shell.types.js'
import { createSession } from './create-session.js'
import { upgradeInline } from './upgrade-inline.js'

type Seen = (entries: readonly { readonly isIntersecting: boolean }[]) => void

let seen: Seen
let isObserving = false

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 })
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(callback: Seen) {
        seen = callback
      }
      observe(): void {
        isObserving = true
      }
      disconnect(): void {
        isObserving = false
      }
    }
  )
})

afterEach(() => {
  document.body.replaceChildren()
  localStorage.clear()
  sessionStorage.clear()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

interface SetUp {
  readonly isBroken?: boolean
  readonly attributes?: Readonly<Record<string, string>>
  readonly light?: () => Promise<Availability>
}

function setUp({ isBroken = false, attributes = {}, light }: SetUp = {}) {
  const element: ChatElement = document.body.appendChild(document.createElement('porchlight-chat'))
  element.setAttribute('locale', 'en')
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append('help@shop.example')
  const loaded: string[] = []
  const calls: unknown[][] = []
  let host: PanelHost | undefined
  const mountPanel = (given: PanelHost): Panel => {
    host = given
    return {
      show: (how) => {
        calls.push(['show', how])
        void given.chat.open()
      },
      hide: () => calls.push(['hide']),
      update: ({ locale, color }) => calls.push(['update', { locale, color }]),
      destroy: () => calls.push(['destroy'])
    }
  }
  const load = async (name: string): Promise<unknown> => {
    loaded.push(name)
    if (isBroken) throw new TypeError('failed to fetch')
    return { mountPanel, catalogue: en }
  }
  const backend = createMemoryBackend()
  const memory = memoryAdapter({ backend, scope: 'chat.example.com:shop' })
  const askLight = vi.fn(light ?? (async () => backend.availability()))
  const adapter = { ...memory, light: askLight }
  const widget = upgradeInline({ element, adapter, load: load as LoadChunk, createSession })
  return { element, widget, loaded, calls, backend, askLight, host: () => host!, connection: () => host!.chat.$connection.get().state }
}

describe('an inline chat', () => {
  test('loads nothing while it is far from the window', async () => {
    const { loaded, element } = setUp()
    seen([{ isIntersecting: false }])
    await settle()
    expect(loaded).toEqual([])
    expect(element.shadowRoot).toBeNull()
    expect(isObserving).toBe(true)
  })

  test('is drawn near the window, connected to nothing and with nothing kept', async () => {
    const { calls, host, connection, element } = setUp()
    seen([{ isIntersecting: true }])
    await settle()
    expect(host()).toMatchObject({ presentation: 'inline', root: element.shadowRoot })
    expect(calls).toEqual([['show', { openedBy: 'script' }]])
    expect(connection()).toBe('idle')
    expect(localStorage.length + sessionStorage.length).toBe(0)
  })

  test.each(['focusin', 'pointerdown'])('connects at the first %s in it', async (type) => {
    const { connection, element } = setUp()
    const opened = vi.fn()
    element.addEventListener('porchlight:opened', opened)
    seen([{ isIntersecting: true }])
    await settle()
    element.dispatchEvent(new Event(type))
    element.dispatchEvent(new Event(type))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(connection()).toBe('open')
    expect(opened).toHaveBeenCalledTimes(1)
  })

  test('a tap on what the page wrote is no wish to chat', async () => {
    const { element, connection } = setUp()
    element.dispatchEvent(new Event('pointerdown'))
    seen([{ isIntersecting: true }])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(connection()).toBe('idle')
  })

  test('goes on at once in a browser that has chatted lately', async () => {
    localStorage.setItem('porchlight:chat.example.com:shop', JSON.stringify({ activeAt: Date.now() - 1 }))
    const { connection } = setUp()
    seen([{ isIntersecting: true }])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(connection()).toBe('open')
  })

  test('follows its attributes', async () => {
    const { element, calls } = setUp()
    seen([{ isIntersecting: true }])
    await settle()
    element.setAttribute('color', '#0b7a4b')
    await settle()
    expect(calls.at(-1)).toEqual(['update', { locale: 'en', color: '#0b7a4b' }])
  })

  test('follows an update as it follows its attributes, and an option taken away is the default', async () => {
    const { element, widget, calls } = setUp({ attributes: { color: '#ffd400', 'fallback-href': '/help' } })
    seen([{ isIntersecting: true }])
    await settle()
    widget.update({ color: undefined, fallbackHref: '/contact' })
    await settle()
    expect(calls.at(-1)).toEqual(['update', { locale: 'en', color: '' }])
    expect(element.hasAttribute('color')).toBe(false)
    expect(element.getAttribute('fallback-href')).toBe('/contact')
  })

  test('with privacy off does nothing at all before consent, and nothing any more after a refusal', async () => {
    isObserving = false
    const { element, widget, loaded, calls } = setUp({ attributes: { privacy: 'off' } })
    expect(isObserving).toBe(false)
    await widget.open()
    await expect(widget.send('Hello')).resolves.toBeUndefined()
    element.dispatchEvent(new Event('pointerdown'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(loaded).toEqual([])
    expect(element.shadowRoot).toBeNull()

    widget.consent(true)
    seen([{ isIntersecting: true }])
    await settle()
    expect(calls).toEqual([['show', { openedBy: 'script' }]])

    widget.consent(false)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(calls.at(-1)).toEqual(['destroy'])
    expect(element.shadowRoot?.firstElementChild?.localName).toBe('slot')
    expect(localStorage.length + sessionStorage.length).toBe(0)

    widget.consent(true)
    seen([{ isIntersecting: true }])
    await settle()
    expect(calls.at(-1)).toEqual(['show', { openedBy: 'script' }])
  })

  test('has nothing to forget before it was used', async () => {
    const { widget, connection } = setUp()
    seen([{ isIntersecting: true }])
    await settle()
    await expect(widget.reset()).resolves.toBe(0)
    widget.consent(false)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(connection()).toBe('idle')
    expect(localStorage.length + sessionStorage.length).toBe(0)
  })

  test('whose page wants the code never is drawn by a verb, and when idle without coming near', async () => {
    const never = setUp({ attributes: { preload: 'never' } })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(never.loaded).toEqual([])
    await never.widget.open()
    expect(never.calls).toHaveLength(1)
    const idle = setUp({ attributes: { preload: 'idle' } })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(idle.calls).toHaveLength(1)
  })

  test('has verbs, and cannot be closed', async () => {
    const { element, widget, calls } = setUp()
    expect(element.chat).toBe(widget)
    await expect(widget.ready).resolves.toBe(widget)
    await widget.open('request')
    expect(calls).toEqual([['show', { view: 'request', openedBy: 'script' }]])
    widget.close()
    expect(calls).toHaveLength(1)
    widget.push(['hide'])
    expect(element.hidden).toBe(true)
  })

  test('whose code does not load leaves what the page wrote', async () => {
    const { element } = setUp({ isBroken: true })
    const failed = vi.fn()
    element.addEventListener('porchlight:error', failed)
    seen([{ isIntersecting: true }])
    await settle()
    expect(failed).toHaveBeenCalledTimes(1)
    expect(element.shadowRoot).toBeNull()
  })

  test('ends when the page takes it out for good, and not when it only moves it', async () => {
    const { element, calls } = setUp()
    seen([{ isIntersecting: true }])
    await settle()
    element.remove()
    element.left?.()
    document.body.append(element)
    await vi.advanceTimersByTimeAsync(20)
    expect(calls.map(([call]) => call)).toEqual(['show'])
    element.remove()
    element.left?.()
    await vi.advanceTimersByTimeAsync(20)
    expect(calls.at(-1)).toEqual(['destroy'])
    expect(element.chat).toBeUndefined()
    expect(element.shadowRoot?.firstElementChild?.localName).toBe('slot')
  })
})

describe('before anybody turns to it', () => {
  const away: Availability = { rev: 1, state: 'away', reason: 'no_agents' }
  const shown = ({ host }: ReturnType<typeof setUp>) => [host().chat.$availability.get().state, host().chat.$mode.get()]

  async function near(options: SetUp = {}) {
    const lab = setUp(options)
    seen([{ isIntersecting: true }])
    await settle()
    return lab
  }

  test('it shows who is home and the view that fits, with nothing stored and nothing connected', async () => {
    const lab = await near({ light: async () => away })
    expect(shown(lab)).toEqual(['away', 'request'])
    expect(lab.widget.availability()).toMatchObject({ state: 'away', age: 0 })
    expect(lab.connection()).toBe('idle')
    expect(localStorage.length + sessionStorage.length).toBe(0)
  })

  test('the first view waits for the light, and not longer than its answer', async () => {
    let answer!: (light: Availability) => void
    const { host } = await near({ light: () => new Promise((resolve) => (answer = resolve)) })
    const opened = vi.fn()
    void host().chat.open().then(opened)
    await settle()
    expect(opened).not.toHaveBeenCalled()
    answer(away)
    await settle()
    expect(opened).toHaveBeenCalledTimes(1)
  })

  test('it asks once a minute, near the window and in a visible page only', async () => {
    const { askLight } = await near()
    await vi.advanceTimersByTimeAsync(59_000)
    seen([{ isIntersecting: false }])
    seen([{ isIntersecting: true }])
    expect(askLight).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(askLight).toHaveBeenCalledTimes(2)
    seen([{ isIntersecting: false }])
    await vi.advanceTimersByTimeAsync(180_000)
    expect(askLight).toHaveBeenCalledTimes(2)
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    seen([{ isIntersecting: true }])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(askLight).toHaveBeenCalledTimes(2)
    hidden.mockRestore()
    document.dispatchEvent(new Event('visibilitychange'))
    expect(askLight).toHaveBeenCalledTimes(3)
  })

  test('with the light off, or where the chat goes on at once, it asks nobody', async () => {
    expect((await near({ attributes: { light: 'off' } })).askLight).not.toHaveBeenCalled()
    localStorage.setItem('porchlight:chat.example.com:shop', JSON.stringify({ activeAt: Date.now() - 1 }))
    expect((await near()).askLight).not.toHaveBeenCalled()
  })

  test('a light that does not answer shows nothing, and the composer', async () => {
    const lab = await near({ light: () => Promise.reject(new TypeError('failed to fetch')) })
    expect(shown(lab)).toEqual(['unknown', 'chat'])
  })

  test('the page hears of the light once, and of a change', async () => {
    let state: 'away' | 'online' = 'away'
    const lab = setUp({ light: async () => ({ ...away, state }) })
    const heard: unknown[] = []
    lab.element.addEventListener('porchlight:availability', (event) => heard.push((event as CustomEvent).detail.state))
    seen([{ isIntersecting: true }])
    await vi.advanceTimersByTimeAsync(61_000)
    state = 'online'
    await vi.advanceTimersByTimeAsync(60_000)
    expect(heard).toEqual(['away', 'online'])
    expect(shown(lab)).toEqual(['online', 'chat'])
  })

  test('from the first connection on its word counts, and the light is asked no more', async () => {
    const lab = await near({ light: async () => ({ ...away, state: 'online', reason: 'available' }) })
    expect(shown(lab)).toEqual(['online', 'chat'])
    lab.element.dispatchEvent(new Event('focusin'))
    await vi.advanceTimersByTimeAsync(180_000)
    expect(shown(lab)).toEqual([lab.backend.availability().state, 'request'])
    expect(lab.askLight).toHaveBeenCalledTimes(1)
  })

  test('the form that has the focus stays when somebody came back meanwhile', async () => {
    const lab = await near({ light: async () => away })
    lab.backend.operator({ name: 'Ben' }).available(true)
    const modes: string[] = []
    lab.host().chat.$mode.subscribe((mode) => modes.push(mode))
    lab.host().root.append(document.createElement('input'))
    lab.host().root.querySelector('input')!.focus()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(lab.host().chat.$availability.get().state).toBe('online')
    expect(modes).toEqual(['request'])
  })
})

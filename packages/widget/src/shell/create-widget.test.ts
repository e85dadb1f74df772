import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { closeWidgets, makeWidget, online, settle } from '../../test/shell-lab.js'

let isHidden = false

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 })
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden)
})

afterEach(() => {
  vi.restoreAllMocks()
  closeWidgets()
  isHidden = false
  vi.useRealTimers()
})

function setHidden(hidden: boolean): void {
  isHidden = hidden
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}

describe('the light', () => {
  test('is asked for at once, in the language of the widget, and shown by state and words', async () => {
    const { launcher, readLight, widget } = makeWidget({ data: { locale: 'ru' } })
    await settle()
    expect(readLight.mock.calls).toEqual([['ru']])
    expect(launcher.dataset['state']).toBe('online')
    expect(launcher.title).toBe('Agents are available now')
    expect(widget.availability()).toMatchObject({ state: 'online', reason: 'available', age: 0 })
  })

  test('is asked for every minute while the page is visible', async () => {
    const { readLight } = makeWidget()
    await vi.advanceTimersByTimeAsync(59_999)
    expect(readLight).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(readLight).toHaveBeenCalledTimes(2)
  })

  test('is not asked for while the page is hidden, and at once when it is seen again', async () => {
    const { readLight } = makeWidget()
    await settle()
    setHidden(true)
    await vi.advanceTimersByTimeAsync(600_000)
    expect(readLight).toHaveBeenCalledTimes(1)
    setHidden(false)
    await settle()
    expect(readLight).toHaveBeenCalledTimes(2)
  })

  test('is not asked for on a page that starts hidden', async () => {
    isHidden = true
    const { readLight } = makeWidget()
    await settle()
    expect(readLight).not.toHaveBeenCalled()
  })

  test.each(['opensAt', 'closesAt'])('is asked for when the site %s', async (change) => {
    const { readLight } = makeWidget({ light: async () => ({ ...online, [change]: 1_800_000_000_000 + 20_000 }) })
    await vi.advanceTimersByTimeAsync(19_999)
    expect(readLight).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(readLight).toHaveBeenCalledTimes(2)
  })

  test('a change that lies in the past by the visitor’s clock floods nobody', async () => {
    const { readLight } = makeWidget({ light: async () => ({ ...online, closesAt: 1_800_000_000_000 - 1 }) })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(readLight.mock.calls.length).toBeLessThan(20)
  })

  test('a failure shows nothing, and the next answer is shown again', async () => {
    const answers = [Promise.reject(new TypeError('failed to fetch')), Promise.resolve(online)]
    const { launcher, widget } = makeWidget({ light: () => answers.shift()! })
    await settle()
    expect(launcher.dataset['state']).not.toBe('online')
    expect(widget.availability().state).toBe('unknown')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(launcher.dataset['state']).toBe('online')
  })

  test('is never asked for where the site turned it off', async () => {
    const { readLight } = makeWidget({ data: { light: 'off' } })
    await vi.advanceTimersByTimeAsync(120_000)
    expect(readLight).not.toHaveBeenCalled()
  })

  test('reports a change of state once', async () => {
    const { events } = makeWidget()
    await vi.advanceTimersByTimeAsync(180_000)
    expect(events.filter(([event]) => event === 'availability')).toHaveLength(1)
  })
})

describe('before the first open', () => {
  test('nothing is loaded and nothing is stored', async () => {
    const { loaded } = makeWidget()
    await vi.advanceTimersByTimeAsync(180_000)
    expect(loaded).toEqual([])
    expect(localStorage.length + sessionStorage.length).toBe(0)
  })

  test.each(['pointerenter', 'focus'])('%s on the launcher fetches the code, and joins nobody', (type) => {
    const { launcher, loaded } = makeWidget()
    launcher.dispatchEvent(new Event(type))
    expect(loaded).toEqual(['headless', 'panel'])
  })

  test('no intent fetches anything where the site or the visitor saves data', () => {
    const never = makeWidget({ data: { preload: 'never' } })
    never.launcher.dispatchEvent(new Event('focus'))
    expect(never.loaded).toEqual([])
    Object.assign(navigator, { connection: { saveData: true } })
    const saving = makeWidget()
    saving.launcher.dispatchEvent(new Event('focus'))
    expect(saving.loaded).toEqual([])
    Reflect.deleteProperty(navigator, 'connection')
  })

  test('the code is fetched when the page is idle, where the site wants that', async () => {
    const { loaded } = makeWidget({ data: { preload: 'idle' } })
    expect(loaded).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(loaded).toEqual(['headless', 'panel'])
  })

  test('a browser that took part in a chat joins it when the page is idle, without the panel', async () => {
    localStorage.setItem('porchlight:chat.example.com:shop', JSON.stringify({ activeAt: Date.now() - 86_400_000 }))
    const { loaded, events } = makeWidget()
    await vi.advanceTimersByTimeAsync(1)
    expect(loaded).toEqual(['headless'])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(events).toContainEqual(['connection', { state: 'open' }])
  })

  test('a chat that is older than 30 days fetches nothing', async () => {
    localStorage.setItem('porchlight:chat.example.com:shop', JSON.stringify({ saved: { token: 'plv_x' }, activeAt: Date.now() - 31 * 86_400_000 }))
    const { loaded } = makeWidget()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(loaded).toEqual([])
  })

  test('a token alone is no chat', async () => {
    localStorage.setItem('porchlight:chat.example.com:shop', JSON.stringify({ saved: { token: 'plv_x' } }))
    const { loaded } = makeWidget()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(loaded).toEqual([])
  })

  test('a page without storage rights is served all the same', async () => {
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    const { launcher } = makeWidget()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(launcher.isConnected).toBe(true)
  })
})

describe('the element', () => {
  test('is put back after the page threw it out, and not after destroy', async () => {
    const { element, widget } = makeWidget()
    element.remove()
    element.left?.()
    await vi.advanceTimersByTimeAsync(20)
    expect(element.parentNode).toBe(document.documentElement)
    widget.destroy()
    element.left?.()
    await vi.advanceTimersByTimeAsync(20)
    expect(element.isConnected).toBe(false)
  })

  test('destroy takes the global away, but not another’s', () => {
    const one = makeWidget()
    window.Porchlight = one.widget
    const other = makeWidget()
    other.widget.destroy()
    expect(window.Porchlight).toBe(one.widget)
    one.widget.destroy()
    expect('Porchlight' in window).toBe(false)
  })

  test('what is still loading when the widget ends opens nothing', async () => {
    const { widget, panelCalls, element } = makeWidget()
    const opening = widget.open()
    widget.destroy()
    await opening
    expect(panelCalls).toEqual([])
    expect(element.isConnected).toBe(false)
  })

  test('nothing is asked for after destroy', async () => {
    const { widget, readLight } = makeWidget()
    await settle()
    widget.destroy()
    setHidden(false)
    await vi.advanceTimersByTimeAsync(180_000)
    expect(readLight).toHaveBeenCalledTimes(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('the launcher', () => {
  test('is a native button with name, popup and state', () => {
    const { launcher } = makeWidget()
    expect(launcher.localName).toBe('button')
    expect(launcher.ariaLabel).toBe('Chat with us')
    expect(launcher.ariaHasPopup).toBe('dialog')
    expect(launcher.ariaExpanded).toBe('false')
  })

  test('takes a colour that can be read, else the default, and speaks the language of an update', () => {
    const { launcher, widget, element } = makeWidget({ data: { color: '#ffd400' } })
    expect(launcher.style.backgroundColor).toBe('rgb(255, 212, 0)')
    widget.update({ color: 'red;position:fixed;inset:0;background-image:url(https://elsewhere.example/x)' })
    expect(launcher.getAttribute('style') ?? '').not.toMatch(/position|inset|url/)
    widget.update({ color: '#ffd400' })
    widget.update({ color: 'no colour', locale: 'pl', position: 'start' })
    expect(launcher.style.backgroundColor).toBe('')
    expect(launcher.ariaLabel).toBe('Napisz do nas')
    expect(launcher.lang).toBe('pl')
    expect(element.dataset['position']).toBe('start')
  })

  test('hides with the whole widget and comes back', () => {
    const { widget, element, events } = makeWidget()
    widget.hide()
    expect(element.dataset['hidden']).toBe('')
    widget.show()
    expect(element.dataset['hidden']).toBeUndefined()
    expect(events.map(([event]) => event)).toEqual(['hidden', 'shown'])
  })
})

describe('a part that does not load', () => {
  test('leaves a plain link where the site named a place', async () => {
    const { widget, element, events } = makeWidget({ broken: ['headless'], data: { fallbackHref: 'mailto:help@shop.example' } })
    await widget.open()
    const link = element.shadowRoot!.querySelector('a')!
    expect(link.href).toBe('mailto:help@shop.example')
    expect(link.ariaLabel).toBe('Chat with us')
    expect(element.shadowRoot!.querySelector('button')).toBeNull()
    expect(events).toContainEqual(['error', { code: 'network' }])
  })

  test('is told of on the launcher that was pressed, which tries again', async () => {
    const broken = ['headless']
    const { launcher, panelCalls } = makeWidget({ broken, data: { color: '#ffd400' } })
    launcher.click()
    await settle()
    expect(launcher.textContent).toBe('Chat with us: Try again')
    expect(launcher.ariaLabel).toBe('')
    expect(document.activeElement?.shadowRoot?.activeElement).toBe(launcher)
    broken.pop()
    launcher.click()
    await settle()
    expect(panelCalls).toHaveLength(1)
    expect(launcher.textContent).toBe('')
    expect(launcher.ariaLabel).toBe('Chat with us')
    expect(launcher.style.backgroundColor).toBe('rgb(255, 212, 0)')
  })

  test('that no user asked for says nothing', async () => {
    const { widget, launcher } = makeWidget({ broken: ['headless'] })
    await widget.open()
    expect(launcher.textContent).toBe('')
  })

  test('leaves the launcher to try again where it named none', async () => {
    const broken = ['headless']
    const { widget, launcher, panelCalls } = makeWidget({ broken })
    await expect(widget.send('Hello')).resolves.toBeUndefined()
    expect(launcher.ariaBusy).toBe('false')
    broken.pop()
    await widget.open()
    expect(panelCalls).toHaveLength(1)
  })
})

describe('privacy off', () => {
  test('does nothing at all before consent, and nothing any more after its refusal', async () => {
    const { element, widget, readLight, loaded } = makeWidget({ data: { privacy: 'off' } })
    await vi.advanceTimersByTimeAsync(120_000)
    expect(element.isConnected).toBe(false)
    expect(readLight).not.toHaveBeenCalled()
    await expect(widget.open()).resolves.toBeUndefined()
    expect(loaded).toEqual([])
    widget.consent(true)
    await settle()
    expect(element.isConnected).toBe(true)
    expect(readLight).toHaveBeenCalledTimes(1)
    widget.consent(false)
    await vi.advanceTimersByTimeAsync(120_000)
    expect(element.isConnected).toBe(false)
    expect(readLight).toHaveBeenCalledTimes(1)
  })
})

describe('verbs', () => {
  test('of a queue are carried out, and unknown ones are passed over', async () => {
    const { widget, events } = makeWidget()
    widget.push(['hide'], ['sing'], ['show'])
    expect(events.map(([event]) => event)).toEqual(['hidden', 'shown'])
  })

  test('ready resolves to the widget and is reported', async () => {
    const { widget, events } = makeWidget()
    await expect(widget.ready).resolves.toBe(widget)
    expect(events[0]?.[0]).toBe('ready')
  })

  test('any element that the page marks opens the chat at its view', async () => {
    const { loaded, panelCalls } = makeWidget()
    const link = document.body.appendChild(document.createElement('a'))
    link.href = 'mailto:help@shop.example'
    link.dataset['porchlightOpen'] = 'request'
    const press = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true })
    link.append(document.createElement('b'))
    link.firstElementChild!.dispatchEvent(press)
    await settle()
    expect(press.defaultPrevented).toBe(true)
    expect(loaded).toContain('panel')
    expect(panelCalls).toEqual([['show', { view: 'request', openedBy: 'script' }]])
    link.remove()
  })
})

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { closeWidgets, makeWidget, type ShellLab, settle } from '../../../test/shell-lab.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 })
})

afterEach(() => {
  vi.restoreAllMocks()
  closeWidgets()
  document.body.replaceChildren()
  vi.useRealTimers()
})

/** Opens as a user does who presses what has the focus. */
async function openFrom(lab: ShellLab, opener: HTMLElement): Promise<void> {
  opener.focus()
  vi.spyOn(window, 'event', 'get').mockReturnValue({ isTrusted: true, type: 'click', detail: 0, composedPath: () => [opener] } as unknown as Event)
  await lab.widget.open()
  vi.spyOn(window, 'event', 'get').mockReturnValue(undefined)
  await settle()
}

function focused(): Element | null {
  return document.activeElement?.shadowRoot?.activeElement ?? document.activeElement
}

function aButton(): HTMLElement {
  return document.body.appendChild(document.createElement('button'))
}

const names = ({ events }: ShellLab) => events.map(([event]) => event)

describe('opening', () => {
  test('shows the panel by what it was opened with, and says so', async () => {
    const lab = makeWidget()
    await openFrom(lab, lab.launcher)
    expect(lab.panelCalls).toEqual([['show', { openedBy: 'keyboard' }]])
    expect(lab.launcher.ariaExpanded).toBe('true')
    expect(lab.launcher.ariaBusy).toBe('false')
    expect(names(lab)).toContain('opened')
    expect(lab.panelHost()).toMatchObject({ presentation: 'floating', element: lab.element, options: { locale: 'en-US' } })
  })

  test('by a script moves no focus', async () => {
    const lab = makeWidget()
    const button = aButton()
    button.focus()
    await lab.widget.open('request')
    expect(lab.panelCalls).toEqual([['show', { view: 'request', openedBy: 'script' }]])
    expect(focused()).toBe(button)
  })

  test('by a script gives back the focus that showing a dialog takes, and none that a user has put into it', async () => {
    const lab = makeWidget({ takesFocus: true })
    const button = aButton()
    button.focus()
    await lab.widget.open()
    expect(focused()).toBe(button)
    const field = lab.element.shadowRoot!.querySelector('textarea')!
    field.focus()
    await lab.widget.open()
    expect(focused()).toBe(field)
  })

  test('by a script leaves the focus nowhere where it was nowhere', async () => {
    const lab = makeWidget({ takesFocus: true })
    await lab.widget.open()
    expect(focused()).toBe(document.body)
  })

  test('passes over a view that is not there', async () => {
    const lab = makeWidget()
    await lab.widget.open('lookup:order' as 'chat')
    expect(lab.panelCalls).toEqual([['show', { openedBy: 'script' }]])
  })

  test('is taken back by closing while the code is loading', async () => {
    const lab = makeWidget()
    await lab.widget.open()
    lab.widget.close()
    const opening = lab.widget.open()
    lab.widget.close()
    await opening
    expect(lab.panelCalls.at(-1)).toEqual(['hide'])
    expect(lab.launcher.ariaExpanded).toBe('false')
  })

  test('brings a hidden widget back', async () => {
    const lab = makeWidget()
    lab.widget.hide()
    await lab.widget.open()
    expect(lab.element.dataset['hidden']).toBeUndefined()
  })

  test('loads the language of the widget, and English where that does not load', async () => {
    const russian = makeWidget({ data: { locale: 'ru' } })
    await russian.widget.open()
    expect(russian.panelHost().options).toMatchObject({ locale: 'ru', catalogue: { 'composer.send': 'Отправить' } })
    const broken = makeWidget({ data: { locale: 'ru' }, broken: ['ru'] })
    await broken.widget.open()
    expect(broken.panelHost().options).toMatchObject({ locale: 'en', catalogue: { 'composer.send': 'Send' } })
  })

  test('keeps recorders of sessions out', async () => {
    const lab = makeWidget()
    await lab.widget.open()
    expect(lab.element.classList.contains('rr-block')).toBe(true)
    expect(lab.element.hasAttribute('data-private')).toBe(true)
  })
})

describe('closing', () => {
  test('gives the focus back to what opened the panel', async () => {
    const lab = makeWidget()
    const button = aButton()
    await openFrom(lab, button)
    expect(focused()?.localName).toBe('textarea')
    lab.widget.close()
    expect(focused()).toBe(button)
    expect(names(lab).filter((event) => event === 'opened' || event === 'closed')).toEqual(['opened', 'closed'])
  })

  test('gives it to the launcher where the opener is gone', async () => {
    const lab = makeWidget()
    const button = aButton()
    await openFrom(lab, button)
    button.remove()
    lab.widget.close()
    expect(focused()).toBe(lab.launcher)
  })

  test('leaves it alone where it is outside the panel', async () => {
    const lab = makeWidget()
    await openFrom(lab, lab.launcher)
    const button = aButton()
    button.focus()
    lab.panelHost().close()
    expect(focused()).toBe(button)
  })

  test('is what the launcher does to an open panel', async () => {
    const lab = makeWidget()
    await openFrom(lab, lab.launcher)
    await openFrom(lab, lab.launcher)
    expect(lab.launcher.ariaExpanded).toBe('false')
  })
})

describe('a chat in use', () => {
  test('tells who is home from the connection, and asks the light no more', async () => {
    const lab = makeWidget()
    await lab.widget.open()
    await settle()
    const asked = lab.readLight.mock.calls.length
    lab.backend.operator({ name: 'Ben' }).available(true)
    await vi.advanceTimersByTimeAsync(180_000)
    expect(lab.readLight.mock.calls.length).toBe(asked)
    expect(lab.launcher.dataset['state']).toBe('online')
    expect(lab.launcher.title).toBe('Agents are available now')
    expect(lab.widget.availability()).toMatchObject({ state: 'online', reason: 'available' })
  })

  test('says that nobody knows who is home while the connection is cut off', async () => {
    const lab = makeWidget()
    lab.backend.operator({ name: 'Ben' }).available(true)
    await lab.widget.open()
    await vi.advanceTimersByTimeAsync(100)
    expect(lab.launcher.dataset['state']).toBe('online')
    lab.backend.cut()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(lab.launcher.dataset['state']).toBe('unknown')
    expect(lab.launcher.title).toBe('')
    expect(lab.widget.availability().state).toBe('unknown')
    lab.backend.restore()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(lab.launcher.dataset['state']).toBe('online')
  })

  test('counts what arrives while the panel is closed', async () => {
    const lab = makeWidget()
    const ben = lab.backend.operator({ name: 'Ben' })
    ben.available(true)
    await lab.widget.send('Hello')
    await vi.advanceTimersByTimeAsync(1_000)
    const [conversation] = ben.conversations()
    ben.reply(conversation!.c, 'Good day')
    await vi.advanceTimersByTimeAsync(100)
    expect(lab.widget.unreadCount()).toBe(1)
    expect(lab.launcher.ariaLabel).toBe('Chat with us, 1 unread message')
    expect(lab.events).toContainEqual(['unread', { count: 1 }])
    await lab.widget.open()
    expect(lab.launcher.ariaLabel).toBe('Chat with us')
  })

  test('reports each message once, whether the panel was ever drawn or not', async () => {
    const lab = makeWidget()
    const ben = lab.backend.operator({ name: 'Ben' })
    ben.available(true)
    const id = await lab.widget.send('Hello')
    await vi.advanceTimersByTimeAsync(1_500)
    const conversation = ben.conversations()[0]!.c
    ben.reply(conversation, 'Good day')
    await vi.advanceTimersByTimeAsync(100)
    expect(lab.panelCalls).toEqual([])
    const messages = lab.events.filter(([event]) => event.startsWith('message:'))
    expect(messages).toMatchObject([
      ['message:sent', { id, conversation }],
      ['message:received', { conversation, from: 'Ben' }]
    ])
    await lab.widget.open()
    ben.reply(conversation, 'Are you there?')
    await vi.advanceTimersByTimeAsync(100)
    expect(lab.events.filter(([event]) => event === 'message:received')).toHaveLength(2)
  })

  test('is reported from its start to its end', async () => {
    const lab = makeWidget()
    const ben = lab.backend.operator({ name: 'Ben' })
    ben.available(true)
    await lab.widget.send('Hello')
    await vi.advanceTimersByTimeAsync(1_000)
    ben.close(ben.conversations()[0]!.c)
    await vi.advanceTimersByTimeAsync(100)
    expect(names(lab).filter((event) => event.startsWith('conversation'))).toEqual(['conversation:started', 'conversation:ended'])
  })

  test('opens with a text in the composer, or with the form filled', async () => {
    const lab = makeWidget()
    await lab.widget.newMessage('Where is my parcel?')
    expect(lab.panelHost().chat.$draft.get()).toBe('Where is my parcel?')
    await lab.widget.leaveRequest({ name: 'Ann' })
    expect(lab.panelCalls.at(-1)).toEqual(['show', { view: 'request', openedBy: 'script' }])
    expect(lab.panelHost().chat.$request.get().fields).toMatchObject({ name: 'Ann' })
  })

  test('takes new options without losing the panel', async () => {
    const lab = makeWidget()
    await lab.widget.open()
    lab.widget.update({ locale: 'ru', color: '#0b7a4b' })
    await settle()
    expect(lab.panelCalls.at(-1)).toMatchObject(['update', { locale: 'ru', color: '#0b7a4b' }])
    expect(lab.launcher.ariaLabel).toBe('Напишите нам')
  })

  test('shows the panel again after the element was moved', async () => {
    const lab = makeWidget()
    await lab.widget.open()
    lab.element.remove()
    lab.element.left?.()
    await vi.advanceTimersByTimeAsync(20)
    expect(lab.element.isConnected).toBe(true)
    expect(lab.panelCalls.at(-1)).toEqual(['show', { openedBy: 'script' }])
  })

  test('is opened again on the next page where it was open', async () => {
    sessionStorage.setItem('porchlight:chat.example.com:shop', JSON.stringify({ openAt: Date.now() - 1 }))
    const lab = makeWidget()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(lab.panelCalls).toEqual([['show', { openedBy: 'script' }]])
  })

  test('that is older than 30 days is not connected', async () => {
    localStorage.setItem('porchlight:chat.example.com:shop', JSON.stringify({ activeAt: Date.now() - 31 * 86_400_000 }))
    const lab = makeWidget()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(names(lab)).not.toContain('connection')
  })
})

describe('a panel that does not load', () => {
  test('is told of in the language of the widget, with a way to try again', async () => {
    const broken = ['panel']
    const lab = makeWidget({ broken, data: { locale: 'pl' } })
    await openFrom(lab, lab.launcher)
    const frame = lab.element.shadowRoot!.querySelector('[role="alert"]')!
    expect(frame.textContent).toBe('Czat się nie wczytał.Spróbuj ponownie')
    expect(focused()).toBe(frame.querySelector('button'))
    broken.pop()
    frame.querySelector('button')!.click()
    await settle()
    expect(lab.panelCalls.map(([call]) => call)).toEqual(['show'])
    expect(lab.element.shadowRoot!.querySelector('[role="alert"]')).toBeNull()
  })

  test('that nobody asked for says nothing', async () => {
    const lab = makeWidget({ broken: ['panel'] })
    await lab.widget.open()
    expect(lab.element.shadowRoot!.querySelector('[role="alert"]')).toBeNull()
  })
})

describe('the end', () => {
  test('reset forgets and keeps the widget', async () => {
    const lab = makeWidget()
    await lab.widget.send('Hello')
    await vi.advanceTimersByTimeAsync(500)
    const dropped = lab.widget.reset()
    await vi.advanceTimersByTimeAsync(5_000)
    await expect(dropped).resolves.toBe(0)
    expect(lab.element.isConnected).toBe(true)
    expect(lab.panelCalls).toEqual([])
  })

  test('after a reset the launcher asks again who is home, and the chat can be opened anew', async () => {
    const lab = makeWidget()
    await lab.widget.open()
    await vi.advanceTimersByTimeAsync(200_000)
    const before = lab.readLight.mock.calls.length
    const dropped = lab.widget.reset()
    await vi.advanceTimersByTimeAsync(5_000)
    await dropped
    await vi.advanceTimersByTimeAsync(60_000)
    expect(lab.readLight.mock.calls.length).toBeGreaterThan(before + 1)
    await lab.widget.open()
    expect(lab.events.filter(([event]) => event === 'opened')).toHaveLength(2)
  })

  test('a refusal ends a widget that may do nothing without consent, but no chat in progress', async () => {
    const idle = makeWidget({ data: { privacy: 'off' } })
    idle.widget.consent(true)
    await idle.widget.open()
    idle.widget.consent(false)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(idle.element.isConnected).toBe(false)

    const chatting = makeWidget({ data: { privacy: 'off' }, scope: 'chat.example.com:other' })
    chatting.widget.consent(true)
    await chatting.widget.send('Hello')
    await vi.advanceTimersByTimeAsync(1_000)
    chatting.widget.consent(false)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(chatting.element.isConnected).toBe(true)
    expect(chatting.events).toContainEqual(['consent', { granted: false }])
  })

  test('destroy leaves no node, no timer and the verbs as they were', async () => {
    const lab = makeWidget()
    const { send } = lab.widget
    await lab.widget.open()
    expect(lab.widget.send).not.toBe(send)
    lab.widget.destroy()
    await vi.advanceTimersByTimeAsync(0)
    expect(lab.panelCalls.at(-1)).toEqual(['destroy'])
    expect(lab.element.isConnected).toBe(false)
    expect(lab.element.childNodes.length).toBe(0)
    expect(lab.widget.send).toBe(send)
    expect(sessionStorage.getItem('porchlight:chat.example.com:shop') ?? '').not.toContain('openAt')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(vi.getTimerCount()).toBe(0)
  })
})

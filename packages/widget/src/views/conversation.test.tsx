import { act, within } from '@testing-library/preact'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { aMessage, anOwnMessage } from '../../test/fake-chat.js'
import { closePanels, openPanel, type PanelLab, type PanelLabOptions, settle } from '../../test/panel-lab.js'

afterEach(() => {
  closePanels()
  vi.useRealTimers()
})

const noon = new Date(2026, 10, 22, 12).getTime()

function texts({ root }: PanelLab): string[] {
  return [...root.querySelectorAll('[data-part="text"]')].map((text) => text.textContent ?? '')
}

describe('the transcript', () => {
  test('is a silent log of named messages', async () => {
    const { ui } = await openPanel({ messages: [anOwnMessage({ at: noon, text: 'Hello' }), aMessage({ at: noon + 60_000, text: 'Good day' })] })
    const log = ui.getByRole('log', { name: 'Conversation' })
    expect(log.getAttribute('aria-live')).toBe('off')
    expect(within(within(log).getByRole('listitem', { name: 'Your message, 12:00' })).getByText('Hello')).toBeTruthy()
    expect(within(within(log).getByRole('listitem', { name: 'Message from Ann, 12:01' })).getByText('Good day')).toBeTruthy()
  })

  test('shows the state of the newest own message of each state, in words', async () => {
    const lab = await openPanel({
      messages: [
        anOwnMessage({ state: 'read' }),
        anOwnMessage({ state: 'read' }),
        anOwnMessage({ state: 'delivered' }),
        anOwnMessage({ state: 'pending' })
      ]
    })
    expect([...lab.root.querySelectorAll('[data-part="receipt"]')].map((receipt) => receipt.textContent)).toEqual(['Read', 'Delivered', 'Sending'])
  })

  test('a message that failed can be sent again or removed', async () => {
    const { ui, chat } = await openPanel({ messages: [anOwnMessage({ id: 'f1', state: 'failed', failure: 'blocked' })] })
    expect(ui.getByText('Not sent')).toBeTruthy()
    expect(ui.getByText('Messages from this browser are not accepted')).toBeTruthy()
    await act(async () => ui.getByRole('button', { name: 'Send again' }).click())
    await act(async () => ui.getByRole('button', { name: 'Remove' }).click())
    expect(chat.calls).toEqual([
      ['resend', 'f1'],
      ['discard', 'f1']
    ])
  })

  test('a message whose fate nobody knows may have arrived', async () => {
    const lab = await openPanel({ messages: [anOwnMessage({ state: 'failed', failure: 'timeout' })] })
    expect(lab.root.querySelector('[data-part="receipt"]')?.textContent).toBe('It may have arrived')
    expect(lab.ui.getByRole('button', { name: 'Send again' })).toBeTruthy()
  })

  test('what waits is not on its way any more once the connection has failed, and is again when it is tried anew', async () => {
    const lab = await openPanel({ messages: [anOwnMessage({ state: 'sent' }), anOwnMessage({ state: 'pending' })] })
    const receipts = () => [...lab.root.querySelectorAll('[data-part="receipt"]')].map((receipt) => receipt.textContent)
    expect(receipts()).toEqual(['Sent', 'Sending'])
    await act(async () => lab.chat.$connection.set({ state: 'failed', attempt: 1, deviceOffline: false, error: { code: 'forbidden' } }))
    expect(receipts()).toEqual(['Sent', 'Not sent'])
    expect(lab.ui.queryByRole('button', { name: 'Send again' })).toBeNull()
    await act(async () => lab.chat.$connection.set({ state: 'connecting', attempt: 1, deviceOffline: false }))
    expect(receipts()).toEqual(['Sent', 'Sending'])
  })

  test('tells who joins, answers and leaves, and that the chat has ended', async () => {
    const { ui } = await openPanel({
      messages: [
        aMessage({ k: 'joined', body: {} }),
        aMessage(),
        aMessage({ k: 'assigned', by: { role: 'system', id: 's' }, body: { operator: { id: 'ben', name: 'Ben' } } }),
        aMessage(),
        aMessage({ k: 'left', body: {} }),
        aMessage({ k: 'status', by: { role: 'system', id: 's' }, body: { status: 'closed' } })
      ]
    })
    for (const line of ['Ann joins the chat', 'Now answering: Ben', 'Ann is no longer in the chat', 'The chat has ended']) {
      expect(ui.getByText(line)).toBeTruthy()
    }
  })

  test('that has ended says how it goes on', async () => {
    const { ui, chat } = await openPanel({ messages: [aMessage()], conversation: { state: 'closed' } })
    expect(ui.getByText('A new message opens it again')).toBeTruthy()
    await act(async () => chat.$conversation.set({ ...chat.$conversation.get()!, state: 'open' }))
    expect(ui.queryByText('A new message opens it again')).toBeNull()
  })

  test('shows nothing for what it does not know, and text for what looks like something else', async () => {
    const lab = await openPanel({
      messages: [
        aMessage({ k: 'hidden', body: {} }),
        aMessage({ k: 'of-the-future', body: { text: 'x' } }),
        aMessage({ text: '<b>bold</b>' }),
        aMessage({ body: { text: { type: 'b', props: {}, constructor: undefined } } }),
        aMessage({ k: 'request', body: { reference: 7 } })
      ]
    })
    expect(texts(lab)).toEqual(['<b>bold</b>', ''])
  })

  test('says who types', async () => {
    const { ui, chat } = await openPanel({ messages: [aMessage()] })
    await act(async () => chat.$typing.set([{ role: 'agent', id: 'ann', name: 'Ann' }]))
    expect(within(ui.getByRole('log')).getByText('Ann is typing')).toBeTruthy()
  })

  test('earlier messages come from this device first, then from the server', async () => {
    const messages = Array.from({ length: 120 }, (_, index) => aMessage({ text: `${index}` }))
    const lab = await openPanel({ messages, conversation: { hasOlder: true } })
    expect(texts(lab)[0]).toBe('20')
    await act(async () => lab.ui.getByRole('button', { name: 'Show earlier messages' }).click())
    expect(texts(lab)[0]).toBe('0')
    Object.assign(lab.chat, {
      loadOlder: async () => lab.chat.$messages.set([aMessage({ order: 0, text: 'from the server' }), ...lab.chat.$messages.get()])
    })
    await act(async () => lab.ui.getByRole('button', { name: 'Show earlier messages' }).click())
    expect(texts(lab)[0]).toBe('from the server')
    expect(texts(lab)).toHaveLength(121)
  })

  test('the mark for new messages stands before the first unread one and stays there', async () => {
    const { root, chat } = await openPanel({ messages: [aMessage({ text: 'old' }), aMessage({ text: 'new' })], unread: 1 })
    const mark = root.querySelector('[data-part="new"]')
    expect(mark?.nextElementSibling?.textContent).toContain('new')
    await act(async () => chat.$messages.set([...chat.$messages.get(), aMessage({ text: 'newer' })]))
    expect(root.querySelector('[data-part="new"]')).toBe(mark)
  })
})

describe('scrolled up', () => {
  async function scrolledUp(conversation: PanelLabOptions['conversation'] = {}) {
    const lab = await openPanel({ conversation, messages: Array.from({ length: 30 }, () => aMessage()) })
    const scroller = lab.root.querySelector<HTMLElement>('[data-part="scroller"]')!
    Object.defineProperties(scroller, { scrollHeight: { value: 3_000, configurable: true }, clientHeight: { value: 500, configurable: true } })
    scroller.style.overflowY = 'auto'
    scroller.scrollTop = 700
    await act(() => void scroller.dispatchEvent(new Event('scroll')))
    return { ...lab, scroller }
  }

  test('a new message moves nothing and is counted; the count leads to it', async () => {
    const { ui, chat, scroller, focused } = await scrolledUp()
    await act(async () => chat.$messages.set([...chat.$messages.get(), aMessage({ id: 'n1' }), aMessage()]))
    expect(scroller.scrollTop).toBe(700)
    await act(async () => ui.getByRole('button', { name: '2 new messages' }).click())
    expect(focused()?.getAttribute('aria-labelledby')).toBe('porchlight-n1')
  })

  test('an own message brings the end into sight', async () => {
    const { ui, scroller, type, press } = await scrolledUp()
    const field = ui.getByRole('textbox', { name: 'Message' })
    await type(field, 'Hello')
    await press(field, 'Enter')
    await settle()
    expect(scroller.scrollTop).toBe(3_000)
  })

  test('earlier messages push nothing out of sight', async () => {
    const { ui, chat, scroller } = await scrolledUp({ hasOlder: true })
    const loadOlder = async () => {
      Object.defineProperty(scroller, 'scrollHeight', { value: 4_200, configurable: true })
      chat.$messages.set([aMessage({ order: 0 }), ...chat.$messages.get()])
    }
    Object.assign(chat, { loadOlder })
    await act(async () => ui.getByRole('button', { name: 'Show earlier messages' }).click())
    await settle()
    expect(scroller.scrollTop).toBe(700 + 4_200 - 3_000)
  })
})

describe('what was seen', () => {
  test('is marked as read after a second in a page that has the focus', async () => {
    vi.useFakeTimers()
    vi.spyOn(document, 'hasFocus').mockReturnValue(true)
    const { chat, root } = await openPanel({ messages: [aMessage()], unread: 1 })
    vi.spyOn(root.querySelector('[data-part="scroller"]')!, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 300, 500))
    await act(() => void window.dispatchEvent(new Event('focus')))
    await act(() => void vi.advanceTimersByTime(999))
    expect(chat.calls).toEqual([])
    await act(() => void vi.advanceTimersByTime(1))
    expect(chat.calls).toEqual([['markRead']])
  })

  test('is not marked in a page that has lost the focus', async () => {
    vi.useFakeTimers()
    vi.spyOn(document, 'hasFocus').mockReturnValue(false)
    const { chat } = await openPanel({ messages: [aMessage()], unread: 1 })
    await act(() => void vi.advanceTimersByTime(5_000))
    expect(chat.calls).toEqual([])
  })
})

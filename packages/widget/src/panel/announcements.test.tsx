import { act } from '@testing-library/preact'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aMessage, anOwnMessage } from '../../test/fake-chat.js'
import { setPhone } from '../../test/page-stubs.js'
import { closePanels, openPanel, type PanelLab, type PanelLabOptions } from '../../test/panel-lab.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  closePanels()
  setPhone(false)
  vi.useRealTimers()
})

/** A panel, and everything that it says aloud, in order; `!` marks what interrupts. */
async function listening(options: PanelLabOptions = {}): Promise<PanelLab & { readonly heard: string[] }> {
  const heard: string[] = []
  const lab = await openPanel(options)
  const note = (records: MutationRecord[]) => {
    for (const { target, addedNodes } of records) {
      for (const node of addedNodes) heard.push(`${(target as Element).getAttribute('aria-live') === 'assertive' ? '!' : ''}${node.textContent}`)
    }
  }
  const observer = new MutationObserver(note)
  for (const region of [...lab.element.querySelectorAll('[aria-live]'), ...lab.root.querySelectorAll('[data-part="announcer"] [aria-live]')]) {
    observer.observe(region, { childList: true })
  }
  return { ...lab, heard }
}

async function add({ chat }: PanelLab, ...messages: Parameters<typeof aMessage>[0][]): Promise<void> {
  await act(async () => chat.$messages.set([...chat.$messages.get(), ...messages.map((message) => aMessage(message))]))
}

test('a message of somebody else is spoken once; an own one is not', async () => {
  const lab = await listening({ messages: [aMessage({ text: 'from before' })] })
  await add(lab, { text: 'Good day' })
  await act(async () => lab.chat.$messages.set([...lab.chat.$messages.get(), anOwnMessage({ text: 'mine' })]))
  expect(lab.heard).toEqual(['Message from Ann: Good day'])
})

test('on the sheet it is spoken inside the dialog, since a modal dialog silences the rest', async () => {
  setPhone(true)
  const lab = await listening()
  await add(lab, { text: 'Good day' })
  expect(lab.root.querySelector('dialog [aria-live="polite"]')?.textContent).toBe('Message from Ann: Good day')
  expect(lab.element.textContent).toBe('')
})

test('many at once are counted, and older ones are no news', async () => {
  const lab = await listening({ messages: [aMessage({ order: 5_000 })] })
  await act(async () => lab.chat.$messages.set([...Array.from({ length: 50 }, () => aMessage({ order: 1 })), ...lab.chat.$messages.get()]))
  expect(lab.heard).toEqual([])
  await add(lab, { order: 5_001 }, { order: 5_002 }, { order: 5_003 })
  expect(lab.heard).toEqual(['3 new messages'])
})

test('typing is spoken once until the next message', async () => {
  const lab = await listening()
  const ann = { role: 'agent', id: 'ann', name: 'Ann' } as const
  for (const typing of [[ann], [], [ann]]) await act(async () => lab.chat.$typing.set(typing))
  expect(lab.heard).toEqual(['Ann is typing'])
  await add(lab, { text: 'Done' })
  await act(async () => lab.chat.$typing.set([]))
  await act(async () => lab.chat.$typing.set([ann]))
  expect(lab.heard.at(-1)).toBe('Ann is typing')
  expect(lab.heard).toHaveLength(3)
})

test('what failed interrupts', async () => {
  const lab = await listening({ messages: [anOwnMessage({ id: 'm', state: 'pending' })] })
  await act(async () => lab.chat.$messages.set([anOwnMessage({ id: 'm', state: 'failed' })]))
  expect(lab.heard).toEqual(['!Not sent'])
})

test('of what may have arrived it is not said that it was not sent', async () => {
  const lab = await listening({ messages: [anOwnMessage({ id: 'm', state: 'pending' })] })
  await act(async () => lab.chat.$messages.set([anOwnMessage({ id: 'm', state: 'failed', failure: 'timeout' })]))
  expect(lab.heard).toEqual(['!It may have arrived'])
})

test('a lost connection is spoken after two seconds, its return once, and a short gap not at all', async () => {
  const lab = await listening()
  const down = { state: 'waiting', attempt: 1, downSince: 1, deviceOffline: false } as const
  const up = { state: 'open', attempt: 0, deviceOffline: false } as const
  await act(async () => lab.chat.$connection.set(down))
  await act(() => void vi.advanceTimersByTime(1_900))
  await act(async () => lab.chat.$connection.set(up))
  expect(lab.heard).toEqual([])
  await act(async () => lab.chat.$connection.set(down))
  await act(() => void vi.advanceTimersByTime(2_000))
  expect(lab.ui.getByText('Connection lost. Trying again.', { selector: '[data-part="banner"] *' })).toBeTruthy()
  await act(async () => lab.chat.$connection.set(up))
  expect(lab.heard).toEqual(['Connection lost. Trying again.', 'Connected again'])
})

test('a first connection that is slow is spoken of as such, and its success not as a return', async () => {
  const lab = await listening()
  for (const state of ['connecting', 'waiting', 'connecting'] as const) {
    await act(async () => lab.chat.$connection.set({ state, attempt: 1, deviceOffline: false }))
    await act(() => void vi.advanceTimersByTime(5_000))
    expect(lab.ui.getByText('Connecting', { selector: '[data-part="banner"] *' })).toBeTruthy()
  }
  await act(async () => lab.chat.$connection.set({ state: 'open', attempt: 0, deviceOffline: false }))
  expect(lab.heard).toEqual(['Connecting'])
})

test('T12: while what was missed is still being fetched after two seconds, the page says that it loads, once, and shows what it has', async () => {
  const conversation = { c: 'c1', state: 'open', assignee: null, hasOlder: false, isLoadingOlder: false } as const
  const lab = await listening({ messages: [aMessage({ text: 'The first of many' })] })
  const banner = () => lab.root.querySelector('[data-part="banner"]')?.textContent
  await act(async () => lab.chat.$conversation.set({ ...conversation, isBehind: true }))
  await act(() => void vi.advanceTimersByTime(1_900))
  expect(banner()).toBeUndefined()
  await act(() => void vi.advanceTimersByTime(100))
  expect(banner()).toBe('Loading')
  expect(lab.ui.getByText('The first of many')).toBeTruthy()
  await act(async () => lab.chat.$conversation.set({ ...conversation, isBehind: false }))
  expect([banner(), lab.heard]).toEqual([undefined, ['Loading']])
})

test('T12: after a lost connection what was missed is fetched first, and only then all is well again', async () => {
  const lab = await listening({ messages: [aMessage()] })
  await act(async () => lab.chat.$connection.set({ state: 'waiting', attempt: 1, downSince: 1, deviceOffline: false }))
  await act(() => void vi.advanceTimersByTime(2_000))
  await act(async () => {
    lab.chat.$connection.set({ state: 'open', attempt: 0, deviceOffline: false })
    lab.chat.$conversation.set({ c: 'c1', state: 'open', assignee: null, hasOlder: false, isLoadingOlder: false, isBehind: true })
  })
  expect(lab.heard).toEqual(['Connection lost. Trying again.', 'Loading'])
  await act(async () => lab.chat.$conversation.set(null))
  expect(lab.heard).toEqual(['Connection lost. Trying again.', 'Loading', 'Connected again'])
})

test('T12: what is fetched within two seconds is not spoken of', async () => {
  const lab = await listening({ messages: [aMessage()], conversation: { isBehind: true } })
  await act(() => void vi.advanceTimersByTime(1_900))
  await act(async () => lab.chat.$conversation.set(null))
  await act(() => void vi.advanceTimersByTime(5_000))
  expect(lab.heard).toEqual([])
})

test('a device without network is named as such at once', async () => {
  const lab = await listening()
  await act(async () => lab.chat.$connection.set({ state: 'waiting', attempt: 1, downSince: 1, deviceOffline: true }))
  await act(() => void vi.advanceTimersByTime(0))
  expect(lab.heard).toEqual(['Your device is offline. Messages will go out later.'])
})

test('whoever was being helped is told at once when nobody is left', async () => {
  const lab = await listening({ messages: [aMessage()], conversation: { assignee: { id: 'ann', name: 'Ann' } } })
  await act(async () => lab.chat.$mode.set('request'))
  expect(lab.heard).toEqual(['!Nobody can answer right now. Leave your question: the reply will come here.'])
})

test('what an inline panel shows before anybody turned to it is not spoken', async () => {
  const lab = await listening({ presentation: 'inline', openedBy: 'script', availability: { state: 'unknown', at: 0 } })
  await act(async () => lab.chat.$mode.set('request'))
  expect(lab.heard).toEqual([])
})

test('a closed panel says nothing', async () => {
  const lab = await listening({ messages: [anOwnMessage({ id: 'm', state: 'sent' })] })
  await act(async () => lab.panel.hide())
  await add(lab, { id: 'r', at: 7, text: 'Good day' })
  await act(async () => lab.chat.$messages.set(lab.chat.$messages.get().map((each) => (each.id === 'm' ? { ...each, state: 'failed' } : each))))
  expect(lab.heard).toEqual([])
})

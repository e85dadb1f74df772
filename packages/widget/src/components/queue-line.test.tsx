import type { QueueView } from '@porchlight/core'
import { act } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { anOwnMessage } from '../../test/fake-chat.js'
import { closePanels, openPanel, settle } from '../../test/panel-lab.js'

afterEach(closePanels)

const minute = 60_000
const queue: QueueView = { position: 3, since: 1, estimateMs: 5 * minute, stage: 'waiting' }
const waiting = { availability: { state: 'busy', reason: 'full' }, messages: [anOwnMessage({ text: 'Hello' })], queue } as const

describe('who waits', () => {
  test('sees his place, what is known of the wait, and the way to the form; the composer stays', async () => {
    const { ui, chat } = await openPanel(waiting)
    expect(ui.getByText('Your place in line: 3. Estimated wait: 5 minutes')).toBeTruthy()
    expect(ui.getAllByRole('button', { name: 'Leave a request instead' })).toHaveLength(1)
    expect(ui.getByRole('textbox', { name: 'Message' })).toBeTruthy()
    chat.$queue.set({ ...queue, position: 2, estimateMs: null })
    await settle()
    expect(ui.getByText('Your place in line: 2')).toBeTruthy()
    chat.$queue.set({ ...queue, estimateMs: 20 * minute })
    await settle()
    expect(ui.getByText('Your place in line: 3. The wait is longer than usual')).toBeTruthy()
    chat.$queue.set(null)
    await settle()
    expect(ui.queryByText(/place in line/)).toBeNull()
  })

  test('takes the form with one press', async () => {
    const { ui, chat } = await openPanel(waiting)
    const chosen = vi.spyOn(chat, 'chooseMode')
    await act(async () => ui.getByRole('button', { name: 'Leave a request instead' }).click())
    expect(chosen).toHaveBeenCalledWith('request')
  })

  test('is told after a while that nothing is lost, in the site’s words where it has some, and can choose to wait on', async () => {
    const { ui, chat } = await openPanel(waiting)
    chat.$queue.set({ ...queue, stage: 'reassured' })
    await settle()
    expect(ui.getByText('Your message is kept, and the answer comes here')).toBeTruthy()
    expect(ui.queryByRole('button', { name: 'Keep waiting' })).toBeNull()
    chat.$site.set({ words: { longWait: { en: 'Quicker by phone: 112.' } } })
    chat.$queue.set({ ...queue, stage: 'offered' })
    await settle()
    expect(ui.getByText('Quicker by phone: 112.')).toBeTruthy()
    await act(async () => ui.getByRole('button', { name: 'Keep waiting' }).click())
    expect(chat.calls).toEqual([['keepWaiting']])
  })

  test('is shown no form where nobody would receive it', async () => {
    const { ui, chat } = await openPanel(waiting)
    chat.$capabilities.set({ requests: 'none' } as never)
    await settle()
    expect(ui.queryByRole('button', { name: 'Leave a request instead' })).toBeNull()
  })
})

describe('by ear', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('a place is spoken when it changes and no oftener than every half minute; of what changed meanwhile, the newest', async () => {
    const { chat, element } = await openPanel({ ...waiting, queue: { ...queue, estimateMs: null } })
    const heard: (string | null)[] = []
    const region = [...element.querySelectorAll('[aria-live="polite"]')].at(-1) as Element
    new MutationObserver((records) => {
      for (const { addedNodes } of records) for (const node of addedNodes) heard.push(node.textContent)
    }).observe(region, { childList: true })
    const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)))
    const place = (position: number) => act(async () => chat.$queue.set({ ...queue, position, estimateMs: null }))
    await pass(30_000)
    await place(2)
    await pass(1_000)
    await place(1)
    await pass(28_000)
    const before = [...heard]
    await pass(3_000)
    expect(before.at(-1)).toBe('Your place in line: 2')
    expect(heard.at(-1)).toBe('Your place in line: 1')
    expect(heard).toHaveLength(before.length + 1)
  })
})

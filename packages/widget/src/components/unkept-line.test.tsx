import { act } from '@testing-library/preact'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closePanels, openPanel, type PanelLab, type PanelLabOptions } from '../../test/panel-lab.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  closePanels()
  vi.useRealTimers()
})

const words = 'This browser cannot keep your text. Leave this page open until it is sent.'

/** A panel on a device that keeps nothing. */
async function inMemory(options?: PanelLabOptions): Promise<PanelLab> {
  const lab = await openPanel(options)
  await act(async () => lab.chat.$durability.set('memory'))
  return lab
}

const isSaid = ({ root }: PanelLab) => root.querySelector('[data-part="unkept"]')?.textContent === words
const after = (durationMs: number) => act(() => void vi.advanceTimersByTime(durationMs))
const type = ({ chat }: PanelLab, text: string) => act(async () => chat.setDraft(text))

test('T73: that what is typed would go with the page is said while something is typed, and no longer than it is so', async () => {
  const lab = await inMemory()
  await after(5_000)
  expect(isSaid(lab)).toBe(false)
  await type(lab, 'Hello')
  await after(1_000)
  expect(isSaid(lab)).toBe(true)
  await act(async () => lab.chat.$durability.set('persistent'))
  expect(isSaid(lab)).toBe(false)
})

test('a text that was sent and has arrived is not spoken of; one that has not is', async () => {
  const lab = await inMemory()
  await act(async () => lab.chat.$outbox.set({ count: 1, isFull: false }))
  await after(900)
  await act(async () => lab.chat.$outbox.set({ count: 0, isFull: false }))
  await after(5_000)
  expect(isSaid(lab)).toBe(false)
  await act(async () => lab.chat.$outbox.set({ count: 1, isFull: false }))
  await after(1_000)
  expect(isSaid(lab)).toBe(true)
})

test('it stands at the form, too, and at a request that waits: that is not said to be kept', async () => {
  const lab = await inMemory({ mode: 'request', request: { state: 'draft', fields: { name: 'Ann' } } })
  await after(1_000)
  expect(isSaid(lab)).toBe(true)
  await act(async () => lab.chat.$request.set({ ...lab.chat.$request.get(), state: 'held' }))
  expect(isSaid(lab)).toBe(true)
  expect(lab.ui.queryByText(/The request is kept on this device/)).toBeNull()
})

test('it is spoken once, politely, and again only when there was room meanwhile', async () => {
  const lab = await inMemory()
  const heard: string[] = []
  const observer = new MutationObserver((records) => {
    for (const { target, addedNodes } of records) for (const node of addedNodes) heard.push(`${(target as Element).ariaLive}: ${node.textContent}`)
  })
  for (const region of lab.element.querySelectorAll('[aria-live]')) observer.observe(region, { childList: true })
  for (const text of ['Hello', '', 'Hello again']) {
    await type(lab, text)
    await after(1_000)
  }
  const once = [`polite: ${words}`]
  expect(heard).toEqual(once)
  await act(async () => lab.chat.$durability.set('persistent'))
  await act(async () => lab.chat.$durability.set('memory'))
  await after(1_000)
  expect(heard).toEqual([...once, ...once])
})

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAnnouncer, createLiveRegions } from './announcer.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('regions are there and empty before the first word', () => {
  const { element, polite, assertive } = createLiveRegions()
  expect(element.textContent).toBe('')
  expect(polite.getAttribute('aria-live')).toBe('polite')
  expect(assertive.getAttribute('aria-live')).toBe('assertive')
})

test('a sentence is one node, and gone after a second', () => {
  const regions = createLiveRegions()
  const { announce } = createAnnouncer(() => regions)
  announce('Message from Ann: hello')
  expect(regions.polite.childNodes).toHaveLength(1)
  vi.advanceTimersByTime(900)
  expect(regions.polite.textContent).toBe('Message from Ann: hello')
  vi.advanceTimersByTime(200)
  expect(regions.polite.textContent).toBe('')
})

test('a sentence does not cut off the one before', () => {
  const regions = createLiveRegions()
  const { announce } = createAnnouncer(() => regions)
  announce('One')
  vi.advanceTimersByTime(500)
  announce('Two')
  announce('Message not sent', 'assertive')
  expect([...regions.polite.children].map((child) => child.textContent)).toEqual(['One', 'Two'])
  expect(regions.assertive.textContent).toBe('Message not sent')
  vi.advanceTimersByTime(600)
  expect(regions.polite.textContent).toBe('Two')
})

test('each sentence asks anew where to speak', () => {
  const [card, sheet] = [createLiveRegions(), createLiveRegions()]
  let isSheet = false
  const { announce } = createAnnouncer(() => (isSheet ? sheet : card))
  announce('on the page')
  isSheet = true
  announce('in the sheet')
  expect([card.polite.textContent, sheet.polite.textContent]).toEqual(['on the page', 'in the sheet'])
})

test('nothing is left to do after destroy', () => {
  const regions = createLiveRegions()
  const announcer = createAnnouncer(() => regions)
  announcer.announce('One')
  announcer.destroy()
  expect(vi.getTimerCount()).toBe(0)
})

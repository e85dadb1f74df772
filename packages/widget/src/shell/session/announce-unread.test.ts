import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createUnreadAnnouncer, type UnreadAnnouncer } from './announce-unread.js'

let element: HTMLElement
let announcer: UnreadAnnouncer

beforeEach(() => {
  vi.useFakeTimers()
  element = document.createElement('div')
  announcer = createUnreadAnnouncer(element, element.attachShadow({ mode: 'open' }), (count) => `${count} unread`)
})

afterEach(() => {
  announcer.stop()
  vi.useRealTimers()
})

const said = () => element.querySelector('[role="status"]')?.textContent

describe('new unread messages', () => {
  test('are said once for a burst, with the last number, and then forgotten', () => {
    announcer.count(1)
    vi.advanceTimersByTime(2_000)
    announcer.count(2)
    vi.advanceTimersByTime(2_999)
    expect(said()).toBe('')
    vi.advanceTimersByTime(1)
    expect(said()).toBe('2 unread')
    vi.advanceTimersByTime(1_000)
    expect(said()).toBe('')
  })

  test('that were read within the burst are not said', () => {
    announcer.count(1)
    announcer.count(0)
    vi.advanceTimersByTime(10_000)
    expect(said()).toBe('')
  })

  test('leave no node behind', () => {
    announcer.stop()
    expect(element.childNodes.length + element.shadowRoot!.childNodes.length).toBe(0)
  })
})

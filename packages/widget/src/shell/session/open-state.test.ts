import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { setPhone } from '../../../test/page-stubs.js'
import { createOpenState } from './open-state.js'

const key = 'porchlight:chat.example.com:shop'
const state = createOpenState('chat.example.com:shop')

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 })
})

afterEach(() => {
  setPhone(false)
  vi.useRealTimers()
  vi.restoreAllMocks()
  sessionStorage.clear()
})

function setNavigation(type: string): void {
  Object.assign(performance, { getEntriesByType: () => [{ type }] })
}

describe('an open panel', () => {
  test('is opened again within half an hour, and not later', () => {
    setNavigation('reload')
    expect(state.shouldRestore()).toBe(false)
    state.write(true)
    vi.advanceTimersByTime(30 * 60_000)
    expect(state.shouldRestore()).toBe(true)
    vi.advanceTimersByTime(1)
    expect(state.shouldRestore()).toBe(false)
  })

  test('that was closed stays closed, and leaves no key', () => {
    state.write(true)
    state.write(false)
    expect(sessionStorage.getItem(key)).toBeNull()
    expect(state.shouldRestore()).toBe(false)
  })

  test('leaves what the core keeps under the same name', () => {
    sessionStorage.setItem(key, '{"draft":"Hello"}')
    state.write(true)
    state.write(false)
    expect(sessionStorage.getItem(key)).toBe('{"draft":"Hello"}')
  })

  test('does not cover the page that a phone has just gone to', () => {
    setPhone(true)
    state.write(true)
    setNavigation('navigate')
    expect(state.shouldRestore()).toBe(false)
    setNavigation('back_forward')
    expect(state.shouldRestore()).toBe(true)
  })

  test('is forgotten where storage is denied', () => {
    vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    expect(() => state.write(true)).not.toThrow()
    expect(state.shouldRestore()).toBe(false)
  })
})

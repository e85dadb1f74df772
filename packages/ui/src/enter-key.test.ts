import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCompositionGuard, isSendKey } from './enter-key.js'

const enter = { key: 'Enter', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test.each([
  [{}, false, true],
  [{}, true, false],
  [{ ctrlKey: true }, true, true],
  [{ metaKey: true }, true, true],
  [{ shiftKey: true }, false, false],
  [{ altKey: true }, false, false],
  [{ shiftKey: true, ctrlKey: true }, false, false],
  [{ key: 'a' }, false, false]
])('%j with a coarse pointer %j sends: %j', (changes, isCoarse, sends) => {
  expect(isSendKey({ ...enter, ...changes }, isCoarse)).toBe(sends)
})

test('a key inside a composition belongs to the input method', () => {
  const guard = createCompositionGuard()
  expect(guard.holds({ isComposing: true, keyCode: 13 })).toBe(true)
  expect(guard.holds({ isComposing: false, keyCode: 229 })).toBe(true)
  expect(guard.holds({ isComposing: false, keyCode: 13 })).toBe(false)
})

test('so does Enter in the task that ended the composition, and the next one does not', () => {
  const guard = createCompositionGuard()
  guard.ended()
  expect(guard.holds({ isComposing: false, keyCode: 13 })).toBe(true)
  vi.runAllTimers()
  expect(guard.holds({ isComposing: false, keyCode: 13 })).toBe(false)
})

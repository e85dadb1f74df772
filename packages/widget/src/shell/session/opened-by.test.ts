import { afterEach, describe, expect, test } from 'vitest'
import { setMedia } from '../../../test/page-stubs.js'
import { openedBy } from './opened-by.js'

afterEach(() => setMedia('(pointer: coarse)', false))

function anAct(fields: Partial<PointerEvent>): Event {
  return { isTrusted: true, type: 'click', detail: 1, ...fields } as Event
}

describe('an act is', () => {
  test.each([
    ['a click of the mouse', anAct({ pointerType: 'mouse' }), 'pointer'],
    ['a tap', anAct({ pointerType: 'touch' }), 'touch'],
    ['a pen’s', anAct({ pointerType: 'pen' }), 'pointer'],
    ['a click without a position, as keys and screen readers make', anAct({ detail: 0, pointerType: '' }), 'keyboard'],
    ['a shortcut of the page', anAct({ type: 'keydown', detail: 0 }), 'keyboard'],
    ['a script’s own click', anAct({ isTrusted: false }), 'script'],
    ['an event that nobody caused', anAct({ type: 'load' }), 'script'],
    ['none', undefined, 'script']
  ])('%s', (_, act, expected) => {
    expect(openedBy(act)).toBe(expected)
  })

  test('a touch where the engine does not say, and the device is touched', () => {
    setMedia('(pointer: coarse)', true)
    expect(openedBy(anAct({}))).toBe('touch')
  })
})

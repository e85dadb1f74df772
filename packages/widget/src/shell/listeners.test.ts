import { describe, expect, test, vi } from 'vitest'
import { dispatch } from './dispatch.js'
import { createListeners } from './listeners.js'

function setUp() {
  const element = document.createElement('div')
  return { element, ...createListeners(element) }
}

describe('listeners', () => {
  test('get the details, and no more after they were stopped', () => {
    const { element, on } = setUp()
    const heard = vi.fn()
    const stop = on('unread', heard)
    dispatch(element, 'unread', { count: 2 })
    stop()
    dispatch(element, 'unread', { count: 3 })
    expect(heard.mock.calls).toEqual([[{ count: 2 }]])
  })

  test('can be taken off by the same function', () => {
    const { element, on, off } = setUp()
    const heard = vi.fn()
    on('opened', heard)
    on('closed', heard)
    off('opened', heard)
    dispatch(element, 'opened')
    dispatch(element, 'closed')
    expect(heard).toHaveBeenCalledTimes(1)
  })

  test('that listen once are called once', () => {
    const { element, once } = setUp()
    const heard = vi.fn()
    once('opened', heard)
    dispatch(element, 'opened')
    dispatch(element, 'opened')
    expect(heard).toHaveBeenCalledTimes(1)
  })

  test('taking off what never listened does nothing', () => {
    const { off } = setUp()
    expect(() => off('opened', () => {})).not.toThrow()
  })

  test('hear events that bubble to the page', () => {
    const { element } = setUp()
    const heard = vi.fn()
    document.body.append(element)
    document.addEventListener('porchlight:opened', heard, { once: true })
    dispatch(element, 'opened')
    expect(heard).toHaveBeenCalledTimes(1)
    element.remove()
  })
})

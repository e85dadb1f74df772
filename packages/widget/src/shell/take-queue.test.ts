import { afterEach, describe, expect, test, vi } from 'vitest'
import { isTaken, takeQueue } from './take-queue.js'
import type { ChatWidget } from './widget.types.js'

afterEach(() => {
  delete window.Porchlight
  document.body.replaceChildren()
})

function aWidget() {
  const push = vi.fn()
  return { widget: { ready: Promise.resolve(), push } as unknown as ChatWidget, push }
}

describe('the page’s queue', () => {
  test('is carried out in order, and replaced by the widget', () => {
    window.Porchlight = [['open', 'request'], ['hide']]
    const { widget, push } = aWidget()
    takeQueue(widget)
    expect(push.mock.calls).toEqual([[['open', 'request'], ['hide']]])
    expect(window.Porchlight).toBe(widget)
    expect(isTaken()).toBe(true)
  })

  test.each([undefined, 7, 'open', { length: 1, 0: ['open'] }])('what is no array is no queue: %j', (found) => {
    window.Porchlight = found
    const { widget, push } = aWidget()
    takeQueue(widget)
    expect(push).not.toHaveBeenCalled()
  })

  test.each(['a', 'form', 'img'])('an element that markup puts there is neither a queue nor a widget: %s', (name) => {
    const element = document.createElement(name)
    element.id = 'Porchlight'
    element.append(Object.assign(document.createElement('input'), { name: 'ready' }))
    document.body.append(element)
    window.Porchlight = element
    expect(isTaken()).toBe(false)
    const { widget, push } = aWidget()
    takeQueue(widget)
    expect(push).not.toHaveBeenCalled()
    expect(isTaken()).toBe(true)
  })
})

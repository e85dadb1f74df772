import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followViewport, type ViewportElement } from './viewport.js'

/** A sheet whose field has the focus or not, as far as the viewport cares. */
function sheet() {
  const values = new Map<string, string>()
  const field = { matches: () => true } as unknown as Element
  const root: { activeElement: Element | null } = { activeElement: null }
  const element = Object.assign(new EventTarget(), {
    getRootNode: () => root,
    contains: () => true,
    style: {
      setProperty: (name: string, value: string) => values.set(name, value),
      removeProperty: (name: string) => values.delete(name)
    }
  })
  const focus = (isFocused: boolean) => {
    root.activeElement = isFocused ? field : null
    element.dispatchEvent(new Event(isFocused ? 'focusin' : 'focusout'))
  }
  return { element: element as unknown as ViewportElement, values, focus }
}

const viewport = Object.assign(new EventTarget(), { height: 844, offsetTop: 0, scale: 1 })
let frames: FrameRequestCallback[] = []

function resize(change: Partial<{ height: number; offsetTop: number; scale: number }>): void {
  Object.assign(viewport, change)
  viewport.dispatchEvent(new Event('resize'))
  viewport.dispatchEvent(new Event('scroll'))
}

function paint(): number {
  const due = frames
  frames = []
  for (const callback of due) callback(0)
  return due.length
}

beforeEach(() => {
  Object.assign(viewport, { height: 844, offsetTop: 0, scale: 1 })
  frames = []
  vi.stubGlobal('visualViewport', viewport)
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback))
  vi.stubGlobal('cancelAnimationFrame', () => {
    frames = []
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

test('with a focused field the sheet takes the room above the keyboard, and gives it back on blur', () => {
  const { element, values, focus } = sheet()
  followViewport(element)
  focus(true)
  resize({ height: 480, offsetTop: 60 })
  expect(paint()).toBe(1)
  expect(Object.fromEntries(values)).toEqual({ '--_porchlight-vv-height': '480px', '--_porchlight-vv-offset': '60px' })
  focus(false)
  paint()
  expect(values.size).toBe(0)
})

test('an offset that stays behind after the blur moves nothing', () => {
  const { element, values, focus } = sheet()
  followViewport(element)
  focus(true)
  focus(false)
  resize({ offsetTop: 60 })
  paint()
  expect(values.size).toBe(0)
})

test('whoever has zoomed in is left alone', () => {
  const { element, values, focus } = sheet()
  followViewport(element)
  focus(true)
  resize({ height: 300, scale: 1.6 })
  paint()
  expect(values.size).toBe(0)
})

test('without a visual viewport nothing happens', () => {
  vi.stubGlobal('visualViewport', null)
  const { element, values, focus } = sheet()
  const stop = followViewport(element)
  focus(true)
  expect(paint()).toBe(0)
  stop()
  expect(values.size).toBe(0)
})

test('after the stop nothing listens and nothing is left', () => {
  const { element, values, focus } = sheet()
  const stop = followViewport(element)
  focus(true)
  resize({ height: 480 })
  stop()
  expect(paint()).toBe(0)
  resize({ height: 400 })
  expect(paint()).toBe(0)
  expect(values.size).toBe(0)
})

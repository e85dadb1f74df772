import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeWidgets, makeWidget, settle } from '../../test/shell-lab.js'
import type { WidgetOptions } from './widget.types.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 })
})

afterEach(() => {
  closeWidgets()
  document.documentElement.dir = ''
  vi.useRealTimers()
})

test('an option that is taken away is its default again', () => {
  const { widget, launcher, element } = makeWidget({ data: { color: '#ffd400', locale: 'pl', position: 'start' } })
  widget.update({ color: undefined, locale: undefined, position: undefined })
  expect(launcher.style.backgroundColor).toBe('')
  expect(launcher.lang).toBe('en')
  expect(JSON.stringify(element.dataset)).not.toContain('undefined')
  expect('position' in element.dataset).toBe(false)
})

test('an option that an update does not name stays', () => {
  const { widget, element } = makeWidget({ data: { color: '#ffd400' } })
  widget.update({ scheme: 'dark' })
  expect(element.dataset).toMatchObject({ color: '#ffd400', scheme: 'dark' })
})

test('the light goes out when it is turned off, and is asked for when it is turned on', async () => {
  const { widget, launcher, readLight } = makeWidget()
  await settle()
  expect(launcher.dataset['state']).toBe('online')
  widget.update({ light: 'off' })
  await settle()
  expect(widget.availability().state).toBe('unknown')
  await vi.advanceTimersByTimeAsync(180_000)
  expect(readLight).toHaveBeenCalledTimes(1)
  widget.update({ light: 'on' })
  await settle()
  expect(launcher.dataset['state']).toBe('online')
})

test('privacy takes the widget from the page and brings it back', async () => {
  const { widget, element, panelCalls } = makeWidget()
  await widget.open()
  widget.update({ privacy: 'off' })
  expect(element.isConnected).toBe(false)
  expect(panelCalls.at(-1)).toEqual(['destroy'])
  widget.update({ privacy: undefined })
  expect(element.isConnected).toBe(true)
})

test('the code is fetched at once when a site decides so later', async () => {
  const { widget, loaded } = makeWidget()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(loaded).toEqual([])
  widget.update({ preload: 'idle' })
  await vi.advanceTimersByTimeAsync(1)
  expect(loaded).toEqual(['headless', 'panel'])
})

test('unknown values count as the defaults and throw nothing', async () => {
  const odd = Object.fromEntries(['color', 'scheme', 'position', 'launcher', 'light', 'privacy', 'preload', 'locale'].map((option) => [option, '?!']))
  const lab = makeWidget({ data: odd })
  await lab.widget.open()
  expect(lab.panelHost().options).toMatchObject({ scheme: 'auto', position: 'end' })
  expect(lab.launcher.lang).toBe('en')
  lab.widget.update({ ...odd, locale: 7 } as unknown as WidgetOptions)
  await settle()
  expect(lab.launcher.ariaLabel).toBe('Chat with us')
})

test.each([
  ['ltr', 'end', 'end'],
  ['ltr', 'start', 'start'],
  ['rtl', 'end', 'start'],
  ['rtl', 'start', 'end']
] as const)('on a page that runs %s, the card of side %s stands at the panel’s %s', async (direction, position, expected) => {
  document.documentElement.style.direction = direction
  const lab = makeWidget({ data: { position } })
  await lab.widget.open()
  expect(lab.panelHost().options.position).toBe(expected)
  document.documentElement.style.direction = ''
})

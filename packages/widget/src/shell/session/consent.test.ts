import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeWidgets, makeWidget, online, settle } from '../../../test/shell-lab.js'

const name = 'porchlight:chat.example.com:shop'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 })
})

afterEach(() => {
  vi.restoreAllMocks()
  closeWidgets()
  vi.useRealTimers()
})

/** A browser that chatted before, in a tab where the panel was open. */
function keepSomething(activeAt = Date.now() - 40 * 86_400_000): void {
  localStorage.setItem(name, JSON.stringify({ saved: { token: 'plv_x' }, activeAt }))
  sessionStorage.setItem(name, JSON.stringify({ openAt: Date.now() - 3_600_000 }))
}

test('a refusal before any chat has begun clears what an earlier visit left, also the tab’s', async () => {
  keepSomething()
  const { widget, loaded, element } = makeWidget()
  await settle()
  widget.consent(false)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(loaded).toEqual(['headless'])
  expect(localStorage.getItem(name)).toBeNull()
  expect(sessionStorage.getItem(name)).toBeNull()
  expect(element.isConnected).toBe(true)
})

test('a refusal where nothing is kept loads nothing', async () => {
  const { widget, loaded, events } = makeWidget()
  widget.consent(false)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(loaded).toEqual([])
  expect(events).toContainEqual(['consent', { granted: false }])
})

test('a refusal is reported once, and after it the launcher asks by itself who is home', async () => {
  keepSomething(Date.now() - 1_000)
  const { widget, readLight, events } = makeWidget()
  await widget.open()
  await vi.advanceTimersByTimeAsync(120_000)
  const asked = readLight.mock.calls.length
  widget.consent(false)
  await vi.advanceTimersByTimeAsync(130_000)
  expect(events.filter(([event]) => event === 'consent')).toEqual([['consent', { granted: false }]])
  expect(readLight.mock.calls.length).toBeGreaterThanOrEqual(asked + 2)
  expect(localStorage.getItem(name)).toBeNull()
  expect(sessionStorage.getItem(name)).toBeNull()
})

test('a refusal where nothing may happen clears without putting anything on the page', async () => {
  keepSomething()
  const { widget, element, readLight, events } = makeWidget({ data: { privacy: 'off' } })
  widget.consent(false)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(localStorage.getItem(name)).toBeNull()
  expect(element.isConnected).toBe(false)
  expect(readLight).not.toHaveBeenCalled()
  expect(events.map(([event]) => event)).not.toContain('connection')
  widget.consent(true)
  expect(element.isConnected).toBe(true)
})

test('what another tab keeps writing is cleared once, and not again and again', async () => {
  keepSomething()
  const { widget, loaded } = makeWidget()
  widget.consent(false)
  vi.spyOn(Storage.prototype, 'removeItem').mockImplementation(() => undefined)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(loaded.length).toBeLessThan(5)
})

test('a reset takes the open panel of the tab with it', async () => {
  const { widget } = makeWidget()
  await widget.open()
  expect(sessionStorage.getItem(name)).toContain('openAt')
  const dropped = widget.reset()
  await vi.advanceTimersByTimeAsync(5_000)
  await expect(dropped).resolves.toBe(0)
  expect(sessionStorage.getItem(name) ?? '').not.toContain('openAt')
})

test('a reset of a browser that keeps nothing loads nothing and writes nothing', async () => {
  const { widget, loaded } = makeWidget()
  await expect(widget.reset()).resolves.toBe(0)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(loaded).toEqual([])
  expect(localStorage.length + sessionStorage.length).toBe(0)
})

test('what the visitor withdraws while the code is loading begins no chat', async () => {
  const { widget, events, panelCalls, element } = makeWidget({ data: { privacy: 'off' }, light: async () => online })
  widget.consent(true)
  const opening = widget.open()
  widget.consent(false)
  await opening
  await vi.advanceTimersByTimeAsync(5_000)
  expect(panelCalls).toEqual([])
  expect(element.isConnected).toBe(false)
  expect(events.map(([event]) => event)).toEqual(['consent', 'consent', 'ready'])
})

test('a widget destroyed while the code is loading begins no chat and reports no fault', async () => {
  const { widget, events, panelCalls } = makeWidget()
  const opening = widget.open()
  widget.destroy()
  await opening
  widget.consent(true)
  widget.update({ locale: 'ru' })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(panelCalls).toEqual([])
  expect(document.querySelector('porchlight-chat')).toBeNull()
  expect(events.map(([event]) => event)).not.toContain('error')
})

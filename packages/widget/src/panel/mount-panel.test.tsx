import { act } from '@testing-library/preact'
import { afterEach, describe, expect, test, vi } from 'vitest'
import pl from '../../locales/pl.json'
import { aMessage } from '../../test/fake-chat.js'
import { setPhone } from '../../test/page-stubs.js'
import { closePanels, openPanel, settle } from '../../test/panel-lab.js'

afterEach(() => {
  closePanels()
  setPhone(false)
  vi.useRealTimers()
})

describe('the card', () => {
  test('is a dialog named by its title, and not modal', async () => {
    const { ui } = await openPanel()
    const dialog = ui.getByRole('dialog', { name: 'Customer support' })
    expect(dialog.matches(':popover-open')).toBe(true)
    expect(dialog.matches(':modal')).toBe(false)
    expect(dialog.hasAttribute('aria-modal')).toBe(false)
  })

  test('opened by keyboard or mouse gives the focus to the message field', async () => {
    const { ui, focused } = await openPanel()
    expect(focused()).toBe(ui.getByRole('textbox', { name: 'Message' }))
  })

  test('opened by a script on nobody’s behalf leaves the focus alone', async () => {
    const { focused } = await openPanel({ openedBy: 'script' })
    expect(focused()).toBeNull()
  })

  test('closes by its button and by Escape, and keeps what was typed', async () => {
    const { ui, panel, closings, type, press } = await openPanel()
    const field = ui.getByRole('textbox', { name: 'Message' })
    await type(field, 'Half a sen')
    expect((await press(field, 'Escape')).defaultPrevented).toBe(true)
    expect(closings()).toBe(1)
    await act(async () => panel.show({ openedBy: 'keyboard' }))
    await settle()
    expect(ui.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }).value).toBe('Half a sen')
    await act(async () => ui.getByRole('button', { name: 'Close chat' }).click())
    expect(closings()).toBe(2)
  })

  test('Escape inside a composition belongs to the input method', async () => {
    const { ui, closings, press } = await openPanel()
    await press(ui.getByRole('textbox', { name: 'Message' }), 'Escape', { isComposing: true })
    expect(closings()).toBe(0)
  })

  test('Escape on an element of the page that the card covers closes it; the focus stays there', async () => {
    const { ui, closings, press } = await openPanel()
    const link = document.body.appendChild(document.createElement('button'))
    ui.getByRole('dialog').getBoundingClientRect = () => new DOMRect(800, 0, 400, 700)
    link.getBoundingClientRect = () => new DOMRect(900, 100, 50, 20)
    link.focus()
    expect((await press(link, 'Escape')).defaultPrevented).toBe(true)
    expect(closings()).toBe(1)
    expect(document.activeElement).toBe(link)
    link.remove()
  })

  test('Escape on an element that can be seen is the page’s own', async () => {
    const { ui, closings, press } = await openPanel()
    const link = document.body.appendChild(document.createElement('button'))
    ui.getByRole('dialog').getBoundingClientRect = () => new DOMRect(800, 0, 400, 700)
    link.getBoundingClientRect = () => new DOMRect(780, 100, 50, 20)
    link.focus()
    expect((await press(link, 'Escape')).defaultPrevented).toBe(false)
    expect(closings()).toBe(0)
    link.remove()
  })

  test('keys that are typed into it do not reach the page', async () => {
    const { ui, press } = await openPanel()
    const heard = vi.fn()
    document.addEventListener('keydown', heard)
    await press(ui.getByRole('textbox', { name: 'Message' }), 'j')
    document.removeEventListener('keydown', heard)
    expect(heard).not.toHaveBeenCalled()
  })
})

describe('the sheet', () => {
  test('is modal, locks the page and gives the focus to its title', async () => {
    setPhone(true)
    const { ui, focused, panel } = await openPanel({ openedBy: 'touch' })
    expect(ui.getByRole('dialog', { name: 'Customer support' }).matches(':modal')).toBe(true)
    expect(focused()).toBe(ui.getByRole('heading', { name: 'Customer support' }))
    expect(document.adoptedStyleSheets).toHaveLength(1)
    await act(async () => panel.hide())
    expect(document.adoptedStyleSheets).toHaveLength(0)
  })

  test('closed by the browser, as Android’s back gesture does, asks the shell to close', async () => {
    setPhone(true)
    const { ui, closings } = await openPanel({ openedBy: 'touch' })
    ui.getByRole<HTMLDialogElement>('dialog').close()
    await settle()
    expect(closings()).toBe(1)
  })

  test('becomes the card when there is room again, with the focus where it was', async () => {
    setPhone(true)
    const { ui, focused } = await openPanel({ openedBy: 'touch' })
    const field = ui.getByRole('textbox', { name: 'Message' })
    field.focus()
    await act(async () => setPhone(false))
    expect(ui.getByRole('dialog').matches(':popover-open')).toBe(true)
    expect(document.adoptedStyleSheets).toHaveLength(0)
    expect(focused()).toBe(field)
  })
})

test('inline it is a region of the page that cannot be closed', async () => {
  const { ui, press, closings } = await openPanel({ presentation: 'inline' })
  expect(ui.getByRole('region', { name: 'Customer support' })).toBeTruthy()
  expect(ui.queryByRole('button', { name: 'Close chat' })).toBeNull()
  await press(ui.getByRole('textbox', { name: 'Message' }), 'Escape')
  expect(closings()).toBe(0)
})

test('the outline stands until it is known who is home, at most a second', async () => {
  vi.useFakeTimers()
  const { ui, root } = await openPanel({ opening: new Promise(() => {}) })
  expect(ui.queryByRole('textbox')).toBeNull()
  expect(root.querySelector('[data-part="skeleton"]')).not.toBeNull()
  await act(() => void vi.advanceTimersByTime(1_000))
  expect(ui.getByRole('textbox', { name: 'Message' })).toBeTruthy()
})

test('another language, colour and side come while it is open, and take nothing away', async () => {
  const { ui, root, panel, type } = await openPanel()
  const field = ui.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
  await type(field, 'Half a sen')
  await act(async () => panel.update({ locale: 'pl', catalogue: pl, scheme: 'dark', color: '#0a7d3c', position: 'start' }))
  expect(ui.getByRole('textbox', { name: 'Wiadomość' })).toBe(field)
  expect(field.value).toBe('Half a sen')
  expect(root.querySelector<HTMLElement>('[data-part="root"]')?.dataset).toMatchObject({ scheme: 'dark', side: 'start' })
  expect(root.querySelector('[lang="pl"]')).not.toBeNull()
})

test('destroyed it leaves nothing behind', async () => {
  const { root, element, panel, chat } = await openPanel()
  panel.destroy()
  expect(root.childNodes).toHaveLength(0)
  expect(root.adoptedStyleSheets).toHaveLength(0)
  expect(element.childNodes).toHaveLength(0)
  chat.$messages.set([aMessage()])
  await settle()
})

import { ChatError, limits } from '@porchlight/protocol'
import { act } from '@testing-library/preact'
import { afterEach, expect, test } from 'vitest'
import { setMedia } from '../../test/page-stubs.js'
import { closePanels, openPanel } from '../../test/panel-lab.js'
import { charactersLeft, textMaxCodePoints } from './characters-left.js'

afterEach(() => {
  closePanels()
  setMedia('(pointer: coarse)', false)
})

async function composer() {
  const lab = await openPanel()
  const field = lab.ui.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
  const sent = () => lab.chat.calls.filter(([name]) => name === 'send').map(([, text]) => text)
  return { ...lab, field, sent, button: lab.ui.getByRole('button', { name: 'Send' }) }
}

test('what is typed is the chat’s draft', async () => {
  const { chat, field, type } = await composer()
  await type(field, 'Hello')
  expect(chat.$draft.get()).toBe('Hello')
  await act(async () => chat.$draft.set('Hello from elsewhere'))
  expect(field.value).toBe('Hello from elsewhere')
})

test('the button sends, and leaves the field empty', async () => {
  const { field, type, button, sent } = await composer()
  await type(field, 'Hello')
  await act(async () => button.click())
  expect(sent()).toEqual(['Hello'])
  expect(field.value).toBe('')
})

test('spaces alone are not sent, and the button says so', async () => {
  const { field, type, button, sent } = await composer()
  await type(field, ' \n ')
  expect(button.getAttribute('aria-disabled')).toBe('true')
  await act(async () => button.click())
  expect(sent()).toEqual([])
})

test('Enter sends with a mouse, Shift and Enter do not', async () => {
  const { field, type, press, sent } = await composer()
  await type(field, 'One')
  expect((await press(field, 'Enter', { shiftKey: true })).defaultPrevented).toBe(false)
  expect((await press(field, 'Enter')).defaultPrevented).toBe(true)
  expect(sent()).toEqual(['One'])
})

test('on a touch screen Enter is a new line, and Ctrl and Enter send', async () => {
  setMedia('(pointer: coarse)', true)
  const { field, type, press, sent } = await composer()
  expect(field.getAttribute('enterkeyhint')).toBe('enter')
  await type(field, 'One')
  expect((await press(field, 'Enter')).defaultPrevented).toBe(false)
  await press(field, 'Enter', { ctrlKey: true })
  expect(sent()).toEqual(['One'])
})

test('Enter that ends a composition sends nothing, in the order of Chrome and in that of Safari', async () => {
  const { field, type, press, sent } = await composer()
  await type(field, '日本')
  await press(field, 'Enter', { isComposing: true })
  await act(async () => {
    field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
  })
  expect(sent()).toEqual([])
})

test('a text that could not be taken stays in the field, with the reason', async () => {
  const { chat, ui, field, type, press } = await composer()
  Object.assign(chat, { send: () => Promise.reject(new Error('full')) })
  await type(field, 'Hello')
  await press(field, 'Enter')
  expect(field.value).toBe('Hello')
  expect(ui.getByText('It did not go through. Your text is kept, try again.')).toBeTruthy()
})

test('while the outbox is full nothing is sent, and people are told that the text stays', async () => {
  const { chat, ui, field, type, press, button, sent } = await composer()
  const says = 'Too much is waiting to be sent. Your text stays here until some of it has gone out.'
  await type(field, 'Hello')
  await act(async () => chat.$outbox.set({ count: 200, isFull: true }))
  expect(button.getAttribute('aria-disabled')).toBe('true')
  expect(field.getAttribute('aria-describedby')).toBe(ui.getByText(says, { selector: '[data-part="note"]' }).id)
  expect(document.querySelector('[role="status"]')?.textContent).toBe(says)
  await press(field, 'Enter')
  expect(sent()).toEqual([])
  expect(field.value).toBe('Hello')
  await act(async () => chat.$outbox.set({ count: 199, isFull: false }))
  expect(ui.queryByText(says, { selector: '[data-part="note"]' })).toBeNull()
  await press(field, 'Enter')
  expect(sent()).toEqual(['Hello'])
})

test('a text that the rest of the outbox has no room for stays in the field, and says so', async () => {
  const { chat, ui, field, type, press } = await composer()
  Object.assign(chat, { send: () => Promise.reject(new ChatError('busy', 'the outbox is full')) })
  await type(field, 'Hello')
  await press(field, 'Enter')
  expect(field.value).toBe('Hello')
  expect(ui.getByText(/^Too much is waiting/, { selector: '[data-part="note"]' })).toBeTruthy()
})

test('near the limit the characters left are counted, and beyond it nothing is sent', async () => {
  const { ui, field, type, press, sent } = await composer()
  await type(field, 'a'.repeat(7_999))
  expect(ui.getByText('1 character left')).toBeTruthy()
  await type(field, 'a'.repeat(8_001))
  expect(ui.getByText('Character limit: 8,000')).toBeTruthy()
  await press(field, 'Enter')
  expect(sent()).toEqual([])
})

test('characters are counted as the wire counts them', () => {
  expect(textMaxCodePoints).toBe(limits.textMaxCodePoints)
  expect(charactersLeft('a'.repeat(7_200))).toBeNull()
  expect(charactersLeft('👩'.repeat(7_201))).toBe(799)
})

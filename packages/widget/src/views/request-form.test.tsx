import { limits } from '@porchlight/protocol'
import { act } from '@testing-library/preact'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { aMessage, anOwnMessage } from '../../test/fake-chat.js'
import { closePanels, openPanel, settle } from '../../test/panel-lab.js'
import { fieldLimits } from './form-problems.js'

afterEach(closePanels)

const closed = { mode: 'request', availability: { state: 'offline', reason: 'hours' } } as const

describe('the form', () => {
  test('asks for what an answer needs, and says what of it is required', async () => {
    const { ui, focused } = await openPanel(closed)
    expect(ui.getByRole('heading', { name: 'Leave a request' })).toBeTruthy()
    const tokens = { Name: 'name', Email: 'email', Phone: 'tel' }
    for (const [name, token] of Object.entries(tokens)) expect(ui.getByRole('textbox', { name }).getAttribute('autocomplete')).toBe(token)
    expect(ui.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your question' }).required).toBe(true)
    expect(ui.getByRole('button', { name: 'Send request' })).toBeTruthy()
    expect(focused()).toBe(ui.getByRole('textbox', { name: 'Name' }))
  })

  test('has a field that people do not find', async () => {
    const { root, ui, chat } = await openPanel(closed)
    const trap = root.querySelector<HTMLInputElement>('[name="website"]')!
    expect(trap.hidden).toBe(true)
    expect(ui.queryByRole('textbox', { name: /website/i })).toBeNull()
    trap.value = 'https://spam.example'
    await act(async () => ui.getByRole('button', { name: 'Send request' }).click())
    expect(chat.calls).toEqual([['leaveRequest', undefined, 'https://spam.example']])
  })

  test('several problems are listed, take the focus, and lead to their fields', async () => {
    const { ui, focused } = await openPanel({
      ...closed,
      onRequest: () => ({ state: 'needs_fix', problems: { email: 'contact', text: 'required' } })
    })
    await act(async () => ui.getByRole('button', { name: 'Send request' }).click())
    expect(focused()).toBe(ui.getByRole('region', { name: '2 fields need attention' }))
    await act(async () => ui.getByRole('button', { name: 'Fill in this field: Your question' }).click())
    const question = ui.getByRole('textbox', { name: 'Your question', description: /^Fill in this field required/ })
    expect(focused()).toBe(question)
    expect(question.getAttribute('aria-invalid')).toBe('true')
  })

  test('where both ways to answer are missing, both fields say so with one message, and one of them is enough', async () => {
    const { ui, chat, root, focused, type } = await openPanel({
      ...closed,
      onRequest: () => ({ state: 'needs_fix', problems: { email: 'contact' } })
    })
    await act(async () => ui.getByRole('button', { name: 'Send request' }).click())
    const [email, phone] = ['Email', 'Phone'].map((name) => ui.getByRole('textbox', { name, description: /^Give an email or a phone number/ }))
    expect(focused()).toBe(email)
    expect([email, phone].map((field) => field?.getAttribute('aria-invalid'))).toEqual(['true', 'true'])
    expect(root.querySelectorAll('[data-part="problem"]')).toHaveLength(1)
    const edited = vi.spyOn(chat, 'editRequest')
    await type(phone!, '+44 20 7946 0958')
    expect(edited).toHaveBeenCalledWith({ email: '', phone: '+44 20 7946 0958' })
  })

  test('a single problem takes the focus to its field, each time', async () => {
    const { ui, focused } = await openPanel({ ...closed, onRequest: () => ({ state: 'needs_fix', problems: { phone: 'phone' } }) })
    const submit = ui.getByRole('button', { name: 'Send request' })
    for (const _ of [1, 2]) {
      submit.focus()
      await act(async () => submit.click())
      expect(focused()).toBe(ui.getByRole('textbox', { name: 'Phone' }))
    }
    expect(ui.getByRole('textbox', { description: /Enter a number with country code/ })).toBeTruthy()
  })

  test('a request whose fate nobody knows may have arrived', async () => {
    const { ui } = await openPanel({ ...closed, request: { state: 'needs_fix', error: 'timeout' } })
    expect(ui.getByText('It may have arrived')).toBeTruthy()
  })

  test('T52: what was typed stays whatever goes wrong', async () => {
    const { ui, type } = await openPanel({ ...closed, onRequest: () => ({ state: 'needs_fix', problems: {}, error: 'blocked' }) })
    await type(ui.getByRole('textbox', { name: 'Email' }), 'ann@example.com')
    await type(ui.getByRole('textbox', { name: 'Your question' }), 'Where is it?')
    await act(async () => ui.getByRole('button', { name: 'Send request' }).click())
    expect(ui.getByRole<HTMLInputElement>('textbox', { name: 'Email' }).value).toBe('ann@example.com')
    expect(ui.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your question' }).value).toBe('Where is it?')
    expect(ui.getByText('Messages from this browser are not accepted')).toBeTruthy()
  })

  test('T53: while it is sent, a second click sends nothing and the button is still there to be read', async () => {
    const { ui, chat } = await openPanel({ ...closed, onRequest: () => ({ state: 'sending' }) })
    const submit = ui.getByRole('button', { name: 'Send request' })
    await act(async () => submit.click())
    expect(submit.textContent).toBe('Sending')
    expect(submit.getAttribute('aria-disabled')).toBe('true')
    await act(async () => submit.click())
    expect(chat.calls).toHaveLength(1)
  })

  test('limits are those of the wire', () => {
    expect(fieldLimits).toEqual({
      name: limits.nameMaxChars,
      email: limits.emailMaxChars,
      phone: limits.phoneMaxChars,
      text: limits.textMaxCodePoints
    })
  })
})

describe('from chat to form and back', () => {
  test('the composer becomes the form’s question, with the text, the focus and the caret', async () => {
    const { ui, chat, type, focused } = await openPanel({ messages: [aMessage({ text: 'Hello' })] })
    const field = ui.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
    await type(field, 'Where is my parcel?')
    field.setSelectionRange(5, 8)
    await act(async () => chat.$mode.set('request'))
    const question = ui.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your question' })
    expect(question.value).toBe('Where is my parcel?')
    expect(focused()).toBe(question)
    expect([question.selectionStart, question.selectionEnd]).toEqual([5, 8])
    expect(ui.getByText('Hello')).toBeTruthy()
  })

  test('focus that is somewhere else stays there', async () => {
    const { ui, chat, focused } = await openPanel()
    const close = ui.getByRole('button', { name: 'Close chat' })
    close.focus()
    await act(async () => chat.$mode.set('request'))
    expect(focused()).toBe(close)
  })

  test('somebody who comes back is offered, and the text goes along', async () => {
    const { ui, chat, type } = await openPanel(closed)
    await type(ui.getByRole('textbox', { name: 'Your question' }), 'Where is it?')
    expect(ui.queryByRole('button', { name: 'Chat now' })).toBeNull()
    await act(async () => chat.$availability.set({ rev: 2, state: 'online', reason: 'available', at: 1 }))
    await act(async () => ui.getByRole('button', { name: 'Chat now' }).click())
    expect(chat.calls).toContainEqual(['chooseMode', 'chat'])
    expect(ui.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }).value).toBe('Where is it?')
  })

  test('while everybody is busy the form is offered beside the chat', async () => {
    const { ui, chat } = await openPanel({ availability: { state: 'busy', reason: 'full', wait: 200_000 } })
    expect(ui.getByText('Estimated wait: 5 minutes')).toBeTruthy()
    await act(async () => ui.getByRole('button', { name: 'Leave a request instead' }).click())
    expect(chat.calls).toEqual([['chooseMode', 'request']])
  })

  test('where nobody knows how long it takes, the offer says no more than that everybody is busy', async () => {
    const { root } = await openPanel({ availability: { state: 'busy', reason: 'full' } })
    expect(root.querySelector('[data-part="offer"] p')?.textContent).toBe('All agents are busy')
  })

  test('opened for a request it asks for the form', async () => {
    const { chat } = await openPanel({ view: 'request' })
    expect(chat.calls).toEqual([['chooseMode', 'request']])
  })
})

describe('after the form', () => {
  test('a request says whether it was answered; what was written before it, or by the visitor, is no answer', async () => {
    const request = {
      ...anOwnMessage({ order: 5 }),
      k: 'request',
      body: { request: 'r', reference: '7K3M-9QXA', fields: { text: 'Where?', email: 'a@b.pl' } }
    }
    const before = [aMessage({ order: 4, text: 'Good day' }), request, anOwnMessage({ order: 6, text: 'Hello?' })]
    const { ui, chat } = await openPanel({ ...closed, messages: before })
    expect(ui.getByText('Not answered yet')).toBeTruthy()
    chat.$messages.set([...before, aMessage({ order: 7, text: 'On its way' })])
    await settle()
    expect(ui.queryByText('Not answered yet')).toBeNull()
    expect(ui.getByText('Answered')).toBeTruthy()
  })

  test('the confirmation takes the focus, with a number to copy', async () => {
    const writeText = vi.fn(async () => {})
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } })
    const { ui, focused } = await openPanel({ ...closed, request: { fields: { text: 'Where is it?', email: 'ann@example.com' } } })
    ui.getByRole('button', { name: 'Send request' }).focus()
    await act(async () => ui.getByRole('button', { name: 'Send request' }).click())
    expect(focused()).toBe(ui.getByRole('heading', { name: 'Request received' }))
    expect(ui.getByText((_, element) => element?.textContent === 'Reference number: 7K3M-9QXA' && element.tagName === 'P')).toBeTruthy()
    await act(async () => ui.getByRole('button', { name: 'Copy number' }).click())
    expect(writeText).toHaveBeenCalledWith('7K3M-9QXA')
    expect(ui.getByRole('button', { name: 'Number copied' })).toBeTruthy()
    vi.unstubAllGlobals()
  })

  test('the entry of the log takes the place of the receipt, and the answer stands below it', async () => {
    const { ui, chat, focused } = await openPanel({ ...closed, request: { fields: { text: 'Where is it?' } } })
    ui.getByRole('button', { name: 'Send request' }).focus()
    await act(async () => ui.getByRole('button', { name: 'Send request' }).click())
    const entry = anOwnMessage({
      k: 'request',
      body: { request: 'r', reference: '7K3M-9QXA', fields: { text: 'Where is it?', email: 'ann@example.com' } }
    })
    await act(async () => chat.$messages.set([entry, aMessage({ text: 'On its way' })]))
    expect(ui.getAllByRole('heading', { name: 'Request received' })).toEqual([focused()])
    expect(ui.getByText('The reply will come here. We can also reach you at: ann@example.com')).toBeTruthy()
    expect(ui.getByRole('log').textContent?.indexOf('On its way')).toBeGreaterThan(ui.getByRole('log').textContent!.indexOf('Request received'))
  })

  test('another request begins with an empty form', async () => {
    const { ui } = await openPanel({ ...closed, request: { state: 'accepted', receipt: { reference: '7K3M-9QXA', createdAt: 1 } } })
    await act(async () => ui.getByRole('button', { name: 'Leave another request' }).click())
    expect(ui.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your question' }).value).toBe('')
  })

  const asked = () =>
    anOwnMessage({
      k: 'request',
      body: { request: 'r', reference: '7K3M-9QXA', fields: { name: 'Ann', email: 'ann@example.com', text: 'Where is it?' } }
    })

  test('a page that comes later offers another form below the answer, and the form knows who asks', async () => {
    const { ui } = await openPanel({ ...closed, messages: [asked(), aMessage({ text: 'On its way' })] })
    expect(ui.queryByRole('heading', { name: 'Leave a request' })).toBeNull()
    await act(async () => ui.getByRole('button', { name: 'Leave another request' }).click())
    const values = ['Name', 'Email', 'Phone', 'Your question'].map((name) => ui.getByRole<HTMLInputElement>('textbox', { name }).value)
    expect(values).toEqual(['Ann', 'ann@example.com', '', ''])
  })

  test.each([
    ['a text is waiting to be sent', { messages: [asked()], request: { fields: { text: 'And when?' } } }],
    ['the visitor has written since', { messages: [asked(), anOwnMessage()] }],
    ['the form was asked for', { messages: [asked()], view: 'request' as const }],
    ['somebody is there, and the form was chosen', { messages: [asked()], availability: { state: 'busy', reason: 'full' } as const }]
  ])('the form is there at once where %s', async (_, options) => {
    const { ui } = await openPanel({ ...closed, ...options })
    expect(ui.getByRole('heading', { name: 'Leave a request' })).toBeTruthy()
  })

  test('without a connection it says that it waits; when it went out, the place that was read is kept', async () => {
    const { ui, chat, focused } = await openPanel({ ...closed, onRequest: () => ({ state: 'held' }) })
    ui.getByRole('button', { name: 'Send request' }).focus()
    await act(async () => ui.getByRole('button', { name: 'Send request' }).click())
    expect(ui.getByText('The request is kept on this device. It goes out once there is one.')).toBeTruthy()
    expect(focused()).toBe(ui.getByRole('heading', { name: 'Waiting for a connection' }))
    await act(async () => chat.$request.set({ state: 'accepted', fields: {}, problems: {}, receipt: { reference: '7K3M-9QXA', createdAt: 1 } }))
    await settle()
    expect(focused()).toBe(ui.getByRole('heading', { name: 'Request received' }))
  })

  const held = { ...closed, request: { state: 'held' as const, error: 'network' as const } }

  test.each([
    ['whose connection is not tried any more does not wait for one', { state: 'failed' }, undefined, 'Not sent'],
    ['that was left does not wait for one either', { state: 'closed' }, undefined, 'Not sent'],
    ['whose server takes nothing now is on its way', { state: 'open' }, 'rate_limited', 'Sending']
  ] as const)('a request of a page %s', async (_, connection, error, words) => {
    const { ui, chat } = await openPanel(held)
    expect(ui.getByRole('heading', { name: 'Waiting for a connection' })).toBeTruthy()
    await act(async () => chat.$connection.set({ attempt: 0, deviceOffline: false, ...connection }))
    if (error) await act(async () => chat.$request.set({ ...chat.$request.get(), error }))
    expect(ui.getByRole('heading', { name: words })).toBeTruthy()
    expect(ui.getByText('The request is kept on this device.')).toBeTruthy()
  })
})

import { ChatError } from '@porchlight/protocol'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { beforeEach, expect, it, vi } from 'vitest'
import { openConsole, openRow, pass, type Scene, useFakeServer } from '../../test/console-scene.js'
import { aMessage, ann, olive } from '../../test/fake-connection.js'
import { aConversation, anInbox } from '../../test/rows.js'

const server = useFakeServer()
const hello = aMessage({ order: 1, text: 'hello from Ann' })
const reply = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Reply' })
const log = () => screen.getByRole('log')

beforeEach(() => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
  server.inbox = anInbox({
    conversations: [
      aConversation({ c: 'c_1', visitor: { id: 'v_1', name: 'Ann' }, preview: { text: 'row of Ann', by: 'visitor', at: 1_000 } }),
      aConversation({ c: 'c_2', visitor: { id: 'v_2', name: 'Bo' }, preview: { text: 'row of Bo', by: 'visitor', at: 2_000 }, waitingSince: 2_000 })
    ]
  })
})

async function openAnn(): Promise<Scene> {
  const scene = await openConsole(server)
  scene.connection.log('c_1').arrive(hello)
  scene.connection.log('c_2').arrive(aMessage({ c: 'c_2', order: 1, text: 'hello from Bo' }))
  await openRow(scene, /row of Ann/)
  return scene
}

it('shows one log, the open conversation, with each text in it once', async () => {
  const scene = await openAnn()
  expect(screen.getAllByRole('log')).toHaveLength(1)
  expect(log().getAttribute('aria-live')).toBe('off')
  expect(within(log()).getAllByText('hello from Ann')).toHaveLength(1)
  await openRow(scene, /row of Bo/)
  expect(screen.getAllByRole('log')).toHaveLength(1)
  expect(within(log()).queryByText('hello from Ann')).toBe(null)
  expect(within(log()).getAllByText('hello from Bo')).toHaveLength(1)
})

it('puts the focus into the reply field, and Enter sends', async () => {
  const { user, connection } = await openAnn()
  expect(document.activeElement).toBe(reply())
  await user.keyboard('On its way{Enter}')
  expect(connection.log('c_1').published).toEqual(['On its way'])
  expect(reply().value).toBe('')
  expect(within(log()).getByText('Sending')).toBeTruthy()
})

it('Shift+Enter makes a line, and a composition keeps its Enter', async () => {
  const { user, connection } = await openAnn()
  await user.keyboard('one{Shift+Enter}two')
  expect(reply().value).toBe('one\ntwo')
  fireEvent.keyDown(reply(), { key: 'Enter', isComposing: true })
  fireEvent.keyDown(reply(), { key: 'Enter', keyCode: 229 })
  expect(connection.log('c_1').published).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Send' }))
  expect(connection.log('c_1').published).toEqual(['one\ntwo'])
})

it('sends nothing that holds no letter', async () => {
  const { user, connection } = await openAnn()
  await user.keyboard('  {Enter}')
  expect(connection.log('c_1').published).toEqual([])
})

it('gives the text back when the outbox has no room', async () => {
  const { user, connection } = await openAnn()
  connection.log('c_1').refusal = new ChatError('busy', 'the outbox is full')
  await user.keyboard('On its way{Enter}')
  await screen.findByText(/Too many unsent replies/, { selector: 'p' })
  expect(reply().value).toBe('On its way')
})

it('keeps a draft for each conversation, also through a reload', async () => {
  const scene = await openAnn()
  await scene.user.keyboard('for Ann')
  await openRow(scene, /row of Bo/)
  expect(reply().value).toBe('')
  await scene.user.keyboard('for Bo')
  expect(screen.getByRole('button', { name: /row of Ann.*Draft/ })).toBeTruthy()
  await openRow(scene, /row of Ann/)
  expect(reply().value).toBe('for Ann')
  await scene.reload()
  await openRow(scene, /row of Bo/)
  expect(reply().value).toBe('for Bo')
})

it('tells the customer that somebody types, and shows that the customer does', async () => {
  const { user, connection } = await openAnn()
  await user.keyboard('x{Backspace}')
  expect(connection.log('c_1').typed).toEqual([true, false])
  await act(() => connection.log('c_1').$typing.set([ann]))
  expect(screen.getByText('Ann is typing')).toBeTruthy()
})

it('says how far own messages came, in words', async () => {
  const { connection } = await openAnn()
  const { arrive, $receipts } = connection.log('c_1')
  await act(() => arrive(aMessage({ order: 2, by: olive }), aMessage({ order: 3, by: olive }), aMessage({ order: 4, by: olive })))
  expect(within(log()).getAllByText('Sent')).toHaveLength(1)
  await act(() => $receipts.set({ v_1: { by: ann, delivered: 3, read: 2 } }))
  expect(within(log()).getByText('text 2').closest('li')?.textContent).toContain('Read')
  expect(within(log()).getByText('text 3').closest('li')?.textContent).toContain('Delivered')
  expect(within(log()).getByText('text 4').closest('li')?.textContent).toContain('Sent')
})

it('a reply that failed can be sent again or removed, and is told at once', async () => {
  const { user, connection } = await openAnn()
  const { $pending, resent, discarded } = connection.log('c_1')
  await act(() =>
    $pending.set([{ c: 'c_1', id: 'own-1', n: 1, k: 'text', body: { text: 'too late' }, at: 5, state: 'failed', failure: 'forbidden' }])
  )
  expect(screen.getByRole('alert').textContent).toBe('Message not sent')
  expect(within(log()).getByText('Not sent')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Send again' }))
  await user.click(screen.getByRole('button', { name: 'Remove' }))
  expect([resent, discarded]).toEqual([['own-1'], ['own-1']])
})

it('speaks what arrives in the open conversation, and neither history nor other conversations', async () => {
  const { connection } = await openAnn()
  expect(screen.getByRole('status').textContent).toBe('')
  await act(() => connection.log('c_2').arrive(aMessage({ c: 'c_2', order: 2, text: 'elsewhere' })))
  expect(screen.getByRole('status').textContent).toBe('')
  await act(() => connection.log('c_1').arrive(aMessage({ order: 2, text: 'are you there?' })))
  expect(screen.getByRole('status').textContent).toBe('Message from Ann: are you there?')
  expect(document.activeElement).toBe(reply())
})

it('counts as read what was on show for a second, and nothing in the background', async () => {
  const { connection } = await openAnn()
  vi.useFakeTimers()
  await act(() => connection.log('c_1').arrive(aMessage({ order: 2 })))
  await act(() => connection.log('c_2').arrive(aMessage({ c: 'c_2', order: 2 })))
  await pass(999)
  expect(connection.log('c_1').reads).toEqual([])
  await pass(1)
  expect(connection.log('c_1').reads).toEqual([2])
  expect(connection.log('c_2').reads).toEqual([])
  vi.useRealTimers()
})

it('reads nothing behind another window', async () => {
  vi.mocked(document.hasFocus).mockReturnValue(false)
  const { connection } = await openAnn()
  vi.useFakeTimers()
  await act(() => connection.log('c_1').arrive(aMessage({ order: 2 })))
  await pass(5_000)
  expect(connection.log('c_1').reads).toEqual([])
  vi.mocked(document.hasFocus).mockReturnValue(true)
  await act(() => void window.dispatchEvent(new Event('focus')))
  await pass(1_000)
  expect(connection.log('c_1').reads).toEqual([2])
  vi.useRealTimers()
})

it('who answers has read', async () => {
  const { user, connection } = await openAnn()
  await user.keyboard('At once{Enter}')
  expect(connection.log('c_1').reads).toEqual([1])
})

it('shows earlier messages, and says how many', async () => {
  const { user, connection } = await openAnn()
  const { $messages, $older, olderPages } = connection.log('c_1')
  olderPages.push([aMessage({ order: 1, text: 'long ago' }), aMessage({ order: 2, text: 'a while ago' })])
  await act(() => {
    $messages.set([aMessage({ order: 3, text: 'now' })])
    $older.set({ hasMore: true, isLoading: false })
  })
  await user.click(screen.getByRole('button', { name: 'Show earlier messages' }))
  expect(within(log()).getByText('long ago')).toBeTruthy()
  await waitFor(() => expect(screen.getByRole('status').textContent).toContain('2 earlier messages loaded'))
  expect(within(log()).getByText('Start of the conversation')).toBeTruthy()
})

it('marks where new messages begin', async () => {
  const scene = await openConsole(server)
  scene.connection.log('c_1').arrive(hello)
  await openRow(scene, /row of Ann/)
  expect(within(log()).getByText('New').closest('li')?.nextElementSibling?.textContent).toContain('hello from Ann')
})

it('closes a conversation, says that it is closed, and opens it again by the same button', async () => {
  const scene = await openAnn()
  await scene.user.click(screen.getByRole('button', { name: 'Close conversation' }))
  await waitFor(() =>
    expect(server.changes.at(-1)).toEqual({ call: 'PATCH /api/sites/shop/conversations/c_1', body: { state: 'closed' }, header: '1' })
  )
  const inbox = scene.connection.log('inbox:shop')
  const body = { ...aConversation({ c: 'c_1', state: 'closed' }) }
  await act(() => inbox.arrive({ c: 'inbox:shop', id: 'e1', cursor: '', order: 1, at: 1, by: olive, k: 'conversation.changed', body }))
  expect(screen.getByText(/A reply opens it again/)).toBeTruthy()
  await scene.user.click(screen.getByRole('button', { name: 'Reopen conversation' }))
  await waitFor(() => expect(server.changes.at(-1)?.body).toEqual({ state: 'open' }))
})

it('says that a conversation is open again without naming who did it: writing opens it too', async () => {
  const { connection } = await openAnn()
  const system = { role: 'system', id: 'system' } as const
  await act(() => connection.log('c_1').arrive(aMessage({ order: 2, k: 'status', by: system, body: { status: 'open' } })))
  expect(document.querySelector('[data-part="notice"]')?.textContent).toMatch(/^The conversation is open again/)
})

it('counts down the last tenth of a long text, and refuses what is longer', async () => {
  const { connection } = await openAnn()
  fireEvent.input(reply(), { target: { value: 'x'.repeat(7_300) } })
  await screen.findByText('700 characters left')
  fireEvent.input(reply(), { target: { value: '👍'.repeat(8_001) } })
  await screen.findByText('Too long. Characters over the limit: 1')
  fireEvent.keyDown(reply(), { key: 'Enter' })
  expect(connection.log('c_1').published).toEqual([])
})

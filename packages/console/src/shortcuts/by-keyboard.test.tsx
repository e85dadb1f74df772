import { act, screen, waitFor, within } from '@testing-library/preact'
import { beforeEach, expect, it } from 'vitest'
import { openConsole, type Scene, useFakeServer } from '../../test/console-scene.js'
import { olive } from '../../test/fake-connection.js'
import { aConversation, anInbox, aRequest } from '../../test/rows.js'

const server = useFakeServer()
const request = aRequest({ id: 'r1', c: 'c_3' })
const reply = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Reply' })

beforeEach(() => {
  server.inbox = anInbox({
    conversations: [
      aConversation({ c: 'c_1', visitor: { id: 'v_1', name: 'Ann' }, waitingSince: 1 }),
      aConversation({ c: 'c_2', visitor: { id: 'v_2', name: 'Bo' }, waitingSince: 2 }),
      aConversation({ c: 'c_3', chat: false })
    ],
    requests: [request]
  })
})

/** The server says that a row has changed. */
async function changed({ connection }: Scene, k: string, body: object): Promise<void> {
  const log = connection.log('inbox:shop')
  const order = log.$messages.get().length + 1
  await act(() => log.arrive({ c: 'inbox:shop', id: `e${order}`, cursor: '', order, at: 1, by: olive, k, body: { ...body } }))
}

it('a shift goes by keyboard alone: sign in, Available, open, reply, close, the next, a request, and out', async () => {
  server.me = null
  const scene = await openConsole(server)
  const { user, connection } = scene
  const email = await screen.findByRole('textbox', { name: 'Email' })
  await waitFor(() => expect(document.activeElement).toBe(email))
  await user.keyboard('olive@shop.example')
  screen.getByLabelText('Password').focus()
  await user.keyboard('a quiet porch light{Enter}')

  const available = await screen.findByRole('switch', { name: 'Available' })
  await waitFor(() => expect(document.activeElement).toBe(available))
  await user.keyboard('{Enter}')
  await waitFor(() => expect(server.changes.at(-1)?.call).toBe('PUT /api/me/presence'))

  await screen.findByText('Ann')
  await user.keyboard('j{Enter}')
  expect(document.activeElement).toBe(reply())
  await user.keyboard('On its way{Enter}{Escape}')
  expect(connection.log('c_1').published).toEqual(['On its way'])
  expect(document.activeElement?.textContent).toContain('Ann')

  await user.keyboard('e')
  await waitFor(() => expect(server.changes.at(-1)?.body).toEqual({ state: 'closed' }))
  await changed(scene, 'conversation.changed', aConversation({ c: 'c_1', visitor: { id: 'v_1', name: 'Ann' }, state: 'closed', waitingSince: null }))
  expect(document.activeElement?.textContent).toContain('Ann')

  await user.keyboard('j{Enter}')
  expect(within(screen.getByRole('region', { name: 'Open conversation' })).getByRole('heading', { level: 2 }).textContent).toBe('Bo')

  await user.keyboard('{F6}{F6}{F6}{F6}')
  expect(document.activeElement?.textContent).toContain('Can I change the size?')
  await user.keyboard('{Enter}')
  await user.keyboard('Yes, we can{Enter}')
  expect(connection.log('c_3').published).toEqual(['Yes, we can'])
  await changed(scene, 'request.changed', { ...request, state: 'answered' })
  expect(within(screen.getByRole('list', { name: 'Requests' })).getByText(/Answered/)).toBeTruthy()
  expect(document.activeElement).toBe(reply())

  screen.getByRole('button', { name: 'Sign out' }).focus()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Email' })))
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Email' }).value).toBe('')
})

it('the button that closed a conversation keeps the focus, and J goes on from there to the next row', async () => {
  const scene = await openConsole(server)
  await screen.findByText('Ann')
  await scene.user.keyboard('j{Enter}')
  const close = screen.getByRole('button', { name: 'Close conversation' })
  await act(() => close.focus())
  await scene.user.keyboard('{Enter}')
  await changed(scene, 'conversation.changed', aConversation({ c: 'c_1', visitor: { id: 'v_1', name: 'Ann' }, state: 'closed', waitingSince: 3 }))
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Reopen conversation' }))
  await scene.user.keyboard('k')
  expect(document.activeElement?.textContent).toContain('Bo')
})

it('the focus goes on to the reply when the buttons of a failed one go', async () => {
  const scene = await openConsole(server)
  await screen.findByText('Ann')
  await scene.user.keyboard('j{Enter}')
  const { $pending } = scene.connection.log('c_1')
  await act(() => $pending.set([{ c: 'c_1', id: 'own-1', n: 1, k: 'text', body: { text: 'x' }, at: 5, state: 'failed', failure: 'too_large' }]))
  expect(screen.getByText(/^This is longer than the server takes/)).toBeTruthy()
  await act(() => screen.getByRole('button', { name: 'Remove' }).focus())
  await scene.user.keyboard('{Enter}')
  expect(document.activeElement).toBe(reply())
})

it('the focus finds a place in empty lists too, and stays there when a customer comes', async () => {
  server.me = null
  server.inbox = anInbox()
  const scene = await openConsole(server)
  await scene.user.type(await screen.findByRole('textbox', { name: 'Email' }), 'olive@shop.example')
  await scene.user.type(screen.getByLabelText('Password'), 'a quiet porch light{Enter}')
  await screen.findByText(/No conversations yet/)
  await act(() => scene.desk.$workspace.get()?.showPane('inbox', 'row'))
  const heading = screen.getByRole('heading', { name: 'Conversations' })
  expect(document.activeElement).toBe(heading)
  await changed(scene, 'conversation.changed', aConversation())
  expect(document.activeElement).toBe(heading)
})

it('nobody who came by a reload is moved anywhere', async () => {
  await openConsole(server)
  await screen.findByText('Ann')
  expect(document.activeElement).toBe(document.body)
})

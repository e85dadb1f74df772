import { act, screen, waitFor, within } from '@testing-library/preact'
import { beforeEach, expect, it } from 'vitest'
import { openConsole, openRow, type Scene, useFakeServer } from '../../test/console-scene.js'
import { aMessage, olive as author } from '../../test/fake-connection.js'
import { aConversation, anInbox, aRequest, olive } from '../../test/rows.js'

const server = useFakeServer()
const reply = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Reply' })
const isFocused = async (field: HTMLElement) => waitFor(() => expect(document.activeElement).toBe(field))
const request = aRequest({ id: 'r1', c: 'c_3' })

/** Waits until this is the heading of what is open. */
async function opened(name: string): Promise<void> {
  const heading = await screen.findByRole('heading', { level: 2, name })
  expect(heading.closest('[data-pane]')?.getAttribute('data-pane')).toBe('thread')
}

beforeEach(() => {
  server.inbox = anInbox({
    conversations: [
      aConversation({ c: 'c_1', visitor: { id: 'v_1', name: 'Ann' }, preview: { text: 'row of Ann', by: 'visitor', at: 1_000 } }),
      aConversation({ c: 'c_2', visitor: { id: 'v_2', name: 'Bo' }, preview: { text: 'row of Bo', by: 'visitor', at: 2_000 } }),
      aConversation({ c: 'c_3', chat: false })
    ],
    requests: [request]
  })
})

/** Somebody follows a link to the console. */
async function followLink(hash: string): Promise<Scene> {
  history.replaceState(null, '', hash)
  return openConsole(server)
}

it('what is open is open again after a reload, ready to be written in', async () => {
  const scene = await openConsole(server)
  await openRow(scene, /row of Bo/)
  expect(location.hash).toBe('#/shop/conversations/c_2')
  await scene.reload()
  await opened('Bo')
  await isFocused(await reply())
  expect(screen.getByRole('button', { name: /row of Bo/ }).getAttribute('aria-current')).toBe('true')
})

it('Back and Forward go through what was opened, and the focus with them', async () => {
  const scene = await openConsole(server)
  await openRow(scene, /row of Ann/)
  await openRow(scene, /Can I change the size/)
  history.back()
  await opened('Ann')
  await isFocused(await reply())
  history.back()
  await opened('Nothing is open')
  expect(document.activeElement?.textContent).toContain('row of Ann')
  history.forward()
  await opened('Ann')
})

it('a link to a request opens it for a colleague, once he has signed in', async () => {
  server.me = null
  const { user } = await followLink('#/shop/requests/r1')
  await user.type(await screen.findByRole('textbox', { name: 'Email' }), olive.email)
  await user.type(screen.getByLabelText('Password'), 'a quiet porch light{Enter}')
  await screen.findByText(`Request ${request.reference}`)
  await isFocused(await reply())
})

it('a conversation that is too old for the list is opened all the same, with what is known of it', async () => {
  server.older = [aConversation({ c: 'c_9', visitor: { id: 'v_9', name: 'Dee' }, state: 'closed' })]
  const scene = await followLink('#/shop/conversations/c_9')
  scene.connection.log('c_9').arrive(aMessage({ c: 'c_9', order: 1, text: 'long ago' }))
  await opened('Dee')
  expect(await within(await screen.findByRole('log')).findByText('long ago')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Reopen conversation' })).toBeTruthy()
})

it('a request that is too old for the list is opened by its link, and can be moved on', async () => {
  server.older = [aRequest({ id: 'r9', c: 'c_9', reference: 'AAAA-AAAA' })]
  await followLink('#/shop/requests/r9')
  await opened('Bea')
  expect(screen.getByText('Request AAAA-AAAA')).toBeTruthy()
  expect(screen.getByLabelText(/^State/)).toBeTruthy()
})

it.each(['#/shop/conversations/c_8', '#/shop/requests/r8', '#/elsewhere/conversations/c_1'])('says that nothing is found at %s', async (hash) => {
  await followLink(hash)
  const heading = await screen.findByRole('heading', { name: 'Nothing is found at this address' })
  await waitFor(() => expect(document.activeElement).toBe(heading))
  expect(screen.getByText(/Choose a conversation or a request/)).toBeTruthy()
  expect(screen.queryByRole('textbox', { name: 'Reply' })).toBe(null)
})

it('what was not there is opened when it comes in, and what is chosen instead takes its place', async () => {
  const scene = await followLink('#/shop/conversations/c_8')
  await screen.findByRole('heading', { name: 'Nothing is found at this address' })
  const body = { ...aConversation({ c: 'c_8', visitor: { id: 'v_8', name: 'Cyd' } }) }
  await act(() =>
    scene.connection.log('inbox:shop').arrive({ c: 'inbox:shop', id: 'e1', cursor: '', order: 1, at: 1, by: author, k: 'conversation.changed', body })
  )
  await opened('Cyd')
  await openRow(scene, /row of Ann/)
  await opened('Ann')
})

it('the address of another site of the operator leads to that site', async () => {
  server.me = { ...olive, sites: [...olive.sites, { site: 'second', name: 'Second shop', role: 'agent' }] }
  const { desk } = await followLink('#/second/conversations/c_1')
  await waitFor(() => expect(desk.$workspace.get()?.site).toBe('second'))
  await opened('Ann')
})

it('who signs out leaves no trace of what was open in the address', async () => {
  const scene = await openConsole(server)
  await openRow(scene, /row of Ann/)
  await scene.user.click(screen.getByRole('button', { name: 'Sign out' }))
  await screen.findByText(/^You are signed out/)
  expect(location.hash).toBe('')
})

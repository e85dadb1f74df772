import type { Participant } from '@porchlight/protocol'
import { act, screen, within } from '@testing-library/preact'
import { beforeEach, expect, it } from 'vitest'
import { openConsole, openRow, type Scene, useFakeServer } from '../../test/console-scene.js'
import { aMessage, olive as author } from '../../test/fake-connection.js'
import { aConversation, anInbox, aRequest, olive } from '../../test/rows.js'

const server = useFakeServer()
const ben: Participant = { role: 'agent', id: 'o_2', name: 'Ben' }
const request = aRequest({ id: 'r1', c: 'c_1' })

beforeEach(() => {
  server.inbox = anInbox({ conversations: [aConversation({ c: 'c_1' })], requests: [request] })
})

async function openAnn(): Promise<Scene> {
  const scene = await openConsole(server)
  scene.connection.log('c_1').arrive(aMessage({ order: 1 }))
  await openRow(scene, /Where is my parcel/)
  return scene
}

it('shows, and says once a turn, that a colleague types in the same conversation', async () => {
  const { $typing } = (await openAnn()).connection.log('c_1')
  await act(() => $typing.set([ben]))
  expect(document.querySelector('[data-part="typing-line"]')?.textContent).toBe('A colleague is typing: Ben')
  expect(screen.getByRole('status').textContent).toBe('A colleague is typing: Ben')
  await act(() => $typing.set([ben, { role: 'visitor', id: 'v_1' }]))
  expect(screen.getByRole('status').textContent).toBe('A colleague is typing: Ben')
  expect(document.querySelector('[data-part="typing-line"]')?.textContent).toContain('Ann is typing')
})

it('never takes the operator’s own typing in another window for a colleague’s', async () => {
  const { $typing } = (await openAnn()).connection.log('c_1')
  await act(() => $typing.set([author]))
  expect(screen.queryByText(/is typing/)).toBe(null)
  expect(screen.getByRole('status').textContent).toBe('')
})

it('reads out what a colleague answers, and not what the operator sends from another window', async () => {
  const log = (await openAnn()).connection.log('c_1')
  await act(() => log.arrive(aMessage({ order: 2, by: author, text: 'mine' })))
  expect(screen.getByRole('status').textContent).toBe('')
  await act(() => log.arrive(aMessage({ order: 3, by: ben, text: 'It left today' })))
  expect(screen.getByRole('status').textContent).toBe('Message from Ben: It left today')
})

it('says who took the conversation over, and who joined', async () => {
  const log = (await openAnn()).connection.log('c_1')
  await act(() =>
    log.arrive(
      aMessage({ order: 2, k: 'assigned', by: { role: 'system', id: 's' }, body: { operator: { id: ben.id, name: 'Ben' } } }),
      aMessage({ order: 3, k: 'joined', by: author, body: {} })
    )
  )
  expect(within(screen.getByRole('log')).getByText('Now answering: Ben')).toBeTruthy()
  expect(within(screen.getByRole('log')).getByText('Olive Owner joins the chat')).toBeTruthy()
})

it('a request that a colleague answers is answered here at once, in the list, in its card and in its choice', async () => {
  const scene = await openConsole(server)
  scene.connection
    .log('c_1')
    .arrive(aMessage({ order: 1, k: 'request', body: { request: 'r1', reference: request.reference, fields: request.fields } }))
  await openRow(scene, /Can I change the size/)
  const body = { ...request, state: 'answered' }
  const inbox = scene.connection.log('inbox:shop')
  await act(() => inbox.arrive({ c: 'inbox:shop', id: 'e1', cursor: '', order: 1, at: 1, by: ben, k: 'request.changed', body }))
  expect(within(screen.getByRole('list', { name: 'Requests' })).getByText(/^Answered/)).toBeTruthy()
  expect(within(screen.getByRole('log')).getByText('Answered')).toBeTruthy()
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: /^State/ }).value).toBe('answered')
})

it('what was read in another console of the site is not unread here', async () => {
  const scene = await openConsole(server)
  expect((await screen.findByRole('button', { name: /Where is my parcel/ })).textContent).toContain('1 unread message')
  const body = { ...aConversation({ c: 'c_1', read: 1 }) }
  const inbox = scene.connection.log('inbox:shop')
  await act(() => inbox.arrive({ c: 'inbox:shop', id: 'e1', cursor: '', order: 1, at: 1, by: author, k: 'conversation.changed', body }))
  expect(screen.getByRole('button', { name: /Where is my parcel/ }).textContent).not.toContain('unread')
})

it('who only watches reads along, and is offered nothing that the server would refuse', async () => {
  server.me = { ...olive, sites: [{ site: 'shop', name: 'The shop', role: 'viewer' }] }
  await openAnn()
  expect(screen.getByText(/This account reads along/)).toBeTruthy()
  expect(document.activeElement).toBe(screen.getByRole('heading', { level: 2, name: 'Ann' }))
  for (const [role, name] of [
    ['textbox', 'Reply'],
    ['button', 'Close conversation'],
    ['switch', 'Available']
  ] as const)
    expect(screen.queryByRole(role, { name })).toBe(null)
})

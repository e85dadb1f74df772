import { screen, waitFor, within } from '@testing-library/preact'
import { beforeEach, expect, it } from 'vitest'
import { openConsole, openRow, type Scene, useFakeServer } from '../../test/console-scene.js'
import { aConversation, anInbox, olive, oliveAtWork } from '../../test/rows.js'

const server = useFakeServer()
const c = 'c_AAAAAAAAAAAAAAAAAAAAAA'
const call = `PATCH /api/sites/shop/conversations/${c}`
const person = { id: 'o_1', name: 'Olive Owner' }

beforeEach(() => {
  server.inbox = anInbox({
    conversations: [
      aConversation({ c, assignee: person, department: 'sales' }),
      aConversation({ c: 'c_2', preview: null, assignee: { id: 'o_2', name: 'Ben' } }),
      aConversation({ c: 'c_3', preview: null, assignee: { id: 'o_2', name: 'Ben' }, state: 'closed' })
    ],
    operators: [
      oliveAtWork,
      { id: 'o_2', name: 'Ben', available: true, live: true },
      { id: 'o_3', name: 'Cid', available: false, live: true },
      { id: 'o_4', name: 'Dora', available: true, live: false }
    ],
    departments: [
      { id: 'sales', name: 'Sales' },
      { id: 'care', name: 'Customer care' }
    ]
  })
})

async function openAnn(): Promise<Scene> {
  const scene = await openConsole(server)
  await openRow(scene, /Where is my parcel/)
  return scene
}

const choice = (): HTMLSelectElement => screen.getByRole('combobox', { name: 'Hand over to' })
const button = (): HTMLElement => screen.getByRole('button', { name: 'Hand over' })

it('offers colleagues with whether they take chats and how many they have, nobody, and the other departments', async () => {
  await openAnn()
  const namesIn = (group: string): (string | null)[] =>
    within(screen.getByRole('group', { name: group }))
      .getAllByRole('option')
      .map(({ textContent }) => textContent)
  expect(namesIn('Colleagues')).toEqual([
    'Ben: Available, 1 chat',
    'Cid: Not taking chats, 0 chats',
    'Dora: Not here, 0 chats',
    'Nobody: back into the line'
  ])
  expect(namesIn('Departments')).toEqual(['Customer care', 'The whole site'])
})

it('hands over only when the button is pressed, says to whom, and is ready for the next choice', async () => {
  const { user } = await openAnn()
  await user.click(button())
  await user.select(choice(), 'Ben: Available, 1 chat')
  expect(server.changes).toEqual([])
  await user.click(button())
  await waitFor(() => expect(server.changes).toEqual([{ call, body: { assignee: 'o_2' }, header: '1' }]))
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Handed over: Ben'))
  expect(choice().value).toBe('')
})

it.each([
  ['Nobody: back into the line', { assignee: null }],
  ['Customer care', { department: 'care' }],
  ['The whole site', { department: null }]
])('“%s” is a place to hand it to', async (name, body) => {
  const { user } = await openAnn()
  await user.select(choice(), name)
  await user.click(button())
  await waitFor(() => expect(server.changes).toEqual([{ call, body, header: '1' }]))
})

it('says before that a colleague is not here, and what comes of it', async () => {
  const { user } = await openAnn()
  await user.select(choice(), 'Dora: Not here, 0 chats')
  const hint = document.getElementById(choice().getAttribute('aria-describedby') ?? '')
  expect(hint?.textContent).toBe('Dora is not here. When the customer waits, whoever is free answers.')
  expect(screen.getByRole('status').textContent).toBe(hint?.textContent)
})

it('a refusal is told, and the choice stays', async () => {
  const { user } = await openAnn()
  server.fault = { status: 503, code: 'store_unavailable' }
  await user.select(choice(), 'Customer care')
  await user.click(button())
  expect(await screen.findByRole('alert')).toBeTruthy()
  expect(choice().value).not.toBe('')
})

it('a closed conversation is handed to nobody', async () => {
  server.inbox = anInbox({ conversations: [aConversation({ c, state: 'closed' })] })
  await openAnn()
  expect(screen.getByRole('button', { name: 'Reopen conversation' })).toBeTruthy()
  expect(screen.queryByRole('combobox', { name: 'Hand over to' })).toBe(null)
})

it('who only watches is not offered it', async () => {
  server.me = { ...olive, sites: [{ site: 'shop', name: 'The shop', role: 'viewer' }] }
  await openAnn()
  expect(screen.queryByRole('combobox', { name: 'Hand over to' })).toBe(null)
})

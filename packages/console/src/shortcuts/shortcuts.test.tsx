import { act, screen, waitFor } from '@testing-library/preact'
import { beforeEach, expect, it } from 'vitest'
import { openConsole, type Scene, useFakeServer } from '../../test/console-scene.js'
import { aConversation, anInbox, aRequest } from '../../test/rows.js'

const server = useFakeServer()
const focused = () => document.activeElement?.textContent?.slice(0, 3)

beforeEach(() => {
  server.inbox = anInbox({
    conversations: [
      aConversation({ c: 'c_1', visitor: { id: 'v_1', name: 'Ann' }, waitingSince: 1 }),
      aConversation({ c: 'c_2', visitor: { id: 'v_2', name: 'Bob' }, waitingSince: 2 })
    ],
    requests: [aRequest()]
  })
})

async function begin(): Promise<Scene> {
  const scene = await openConsole(server)
  await screen.findByText('Ann')
  return scene
}

it('J and K move through the list, Enter opens, Escape goes back to the row', async () => {
  const { user } = await begin()
  await user.keyboard('j')
  expect(focused()).toBe('Ann')
  await user.keyboard('j')
  expect(focused()).toBe('Bob')
  await user.keyboard('k{Enter}')
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Reply' }))
  await user.keyboard('{Escape}')
  await waitFor(() => expect(focused()).toBe('Ann'))
})

it('no letter means anything in the reply field', async () => {
  const { user } = await begin()
  await user.keyboard('j{Enter}jkre?@ąęł')
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Reply' }).value).toBe('jkre?@ąęł')
  expect(document.querySelector('dialog')).toBe(null)
  expect(server.changes).toEqual([])
})

it('R writes and E closes what is open', async () => {
  const { user } = await begin()
  await user.keyboard('r')
  expect(document.activeElement).toBe(document.body)
  await user.keyboard('j{Enter}{Escape}')
  await waitFor(() => expect(focused()).toBe('Ann'))
  await user.keyboard('e')
  await waitFor(() => expect(server.changes.at(-1)).toMatchObject({ call: 'PATCH /api/sites/shop/conversations/c_1', body: { state: 'closed' } }))
  await user.keyboard('r')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Reply' })))
})

it('F6 goes through the parts of the page in a ring, and back with Shift', async () => {
  const { user } = await begin()
  const parts: (string | null | undefined)[] = []
  for (let press = 0; press < 6; press++) {
    await user.keyboard('{F6}')
    parts.push(document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'))
  }
  expect(parts).toEqual(['header', 'conversations', 'requests', 'thread', 'details', 'header'])
  await user.keyboard('{Shift+F6}')
  expect(document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane')).toBe('details')
})

it('? lists the keys; there single ones can be switched off, for good', async () => {
  const scene = await begin()
  await scene.user.keyboard('?')
  expect(await screen.findByRole('heading', { name: 'Keyboard shortcuts', hidden: true })).toBeTruthy()
  await scene.user.click(screen.getByRole('checkbox', { name: 'Single-key shortcuts', hidden: true }))
  await scene.user.click(screen.getByRole('button', { name: 'Close', hidden: true }))
  await waitFor(() => expect(document.querySelector('dialog')).toBe(null))
  await act(() => (document.activeElement as HTMLElement).blur())
  await scene.user.keyboard('?j')
  expect(document.querySelector('dialog')).toBe(null)
  expect(document.activeElement).toBe(document.body)
  await scene.reload()
  await screen.findByText('Ann')
  await scene.user.keyboard('j')
  expect(document.activeElement).toBe(document.body)
})

import { screen, waitFor, within } from '@testing-library/preact'
import { expect, it, vi } from 'vitest'
import { openConsole, openRow, useFakeServer } from '../../test/console-scene.js'
import { aConversation, anInbox, olive } from '../../test/rows.js'

const server = useFakeServer()

it('asks for email and password, and opens both lists', async () => {
  server.me = null
  const { user } = await openConsole(server)
  await user.type(await screen.findByRole('textbox', { name: 'Email' }), 'olive@shop.example')
  await user.type(screen.getByLabelText('Password'), 'a quiet porch light')
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
  await screen.findByRole('list', { name: 'Conversations' })
  expect(screen.getByRole('list', { name: 'Requests' })).toBeTruthy()
  expect(server.changes[0]).toEqual({
    call: 'POST /api/session',
    body: { email: 'olive@shop.example', password: 'a quiet porch light' },
    header: '1'
  })
})

it('says what is missing under its field and goes to the first', async () => {
  server.me = null
  const { user } = await openConsole(server)
  const email = await screen.findByRole('textbox', { name: 'Email' })
  screen.getByLabelText('Password').focus()
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
  expect(document.activeElement).toBe(email)
  expect(document.getElementById(email.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Fill in this field: Email')
  expect(server.changes).toEqual([])
})

it('keeps what was typed when the password is wrong', async () => {
  server.me = null
  server.refusal = { status: 401, body: { error: { code: 'unauthorized', message: 'no' } } }
  const { user } = await openConsole(server)
  await user.type(await screen.findByRole('textbox', { name: 'Email' }), 'olive@shop.example')
  await user.type(screen.getByLabelText('Password'), 'not this one{Enter}')
  expect((await screen.findByText('Email or password is not right.')).getAttribute('role')).toBe('alert')
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Email' }).value).toBe('olive@shop.example')
})

it('counts the wait down after too many attempts, and sends nothing until it is over', async () => {
  server.me = null
  server.refusal = { status: 429, body: { error: { code: 'rate_limited', message: 'wait', after: 300 } } }
  const { user } = await openConsole(server)
  await user.type(await screen.findByRole('textbox', { name: 'Email' }), 'olive@shop.example')
  await user.type(screen.getByLabelText('Password'), 'again and again{Enter}')
  await screen.findByText('Too many attempts. Time to wait: 1 sec', { selector: '[role="timer"]' })
  expect(screen.getByText('Too many attempts. Time to wait: 1 sec', { selector: '[role="alert"]' })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
  expect(server.changes).toHaveLength(1)
  await waitFor(() => expect(screen.queryByText(/Too many attempts/, { selector: 'p' })).toBe(null))
})

it('tells where the setup link is when there is no account', async () => {
  server.me = null
  server.needsSetup = true
  await openConsole(server)
  expect(await screen.findByText(/Open the setup link that the server printed/)).toBeTruthy()
})

it('tells the server whether the operator wants chats, and turns back when it refuses', async () => {
  const { user, session } = await openConsole(server)
  const available = await screen.findByRole('switch', { name: 'Available' })
  expect(available.getAttribute('aria-checked')).toBe('false')
  await user.click(available)
  expect(available.getAttribute('aria-checked')).toBe('true')
  await waitFor(() => expect(server.changes.at(-1)).toMatchObject({ call: 'PUT /api/me/presence', body: { available: true } }))
  vi.spyOn(session.api, 'send').mockRejectedValueOnce(new Error('no'))
  await user.click(available)
  await waitFor(() => expect(available.getAttribute('aria-checked')).toBe('true'))
})

it('follows what the operator chose in another tab', async () => {
  const { connection } = await openConsole(server)
  const available = await screen.findByRole('switch', { name: 'Available' })
  await waitFor(() => expect(connection.logs.has('inbox:shop')).toBe(true))
  const body = { id: olive.id, name: olive.name, available: true, live: true }
  connection.log('inbox:shop').arrive({
    ...{ c: 'inbox:shop', id: 'e1', cursor: '1', order: 1, at: 1, k: 'presence.changed', body },
    by: { role: 'system', id: 'system' }
  })
  await waitFor(() => expect(available.getAttribute('aria-checked')).toBe('true'))
})

it('asks to sign in when the session has ended, and gives the draft back', async () => {
  server.inbox = anInbox({ conversations: [aConversation()] })
  const scene = await openConsole(server)
  await openRow(scene, /Where is my parcel/)
  await scene.user.type(screen.getByRole('textbox', { name: 'Reply' }), 'It is on')
  scene.session.expire()
  expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Email' })).value).toBe(olive.email)
  expect(document.activeElement).toBe(screen.getByLabelText('Password'))
  await scene.user.type(screen.getByLabelText('Password'), 'a quiet porch light{Enter}')
  await openRow(scene, /Where is my parcel/)
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Reply' }).value).toBe('It is on')
})

it('asks before it forgets unsent texts, and then leaves nothing of them', async () => {
  server.inbox = anInbox({ conversations: [aConversation()] })
  const scene = await openConsole(server)
  await openRow(scene, /Where is my parcel/)
  await scene.user.type(screen.getByRole('textbox', { name: 'Reply' }), 'It is on')
  await scene.user.click(screen.getByRole('button', { name: 'Sign out' }))
  const question = (await screen.findByText('1 unsent text will be deleted from this device.')).closest('dialog') as HTMLElement
  await scene.user.click(within(question).getByRole('button', { name: 'Sign out', hidden: true }))
  await screen.findByText(/^You are signed out/)
  expect(server.changes.at(-1)?.call).toBe('DELETE /api/session')
  expect(scene.connection.resets).toHaveLength(1)
  expect(Object.keys(sessionStorage)).toEqual([])
})

it('an account without a site can leave, and is told if the server did not hear of it', async () => {
  server.me = { ...olive, sites: [] }
  server.sites = []
  const { user } = await openConsole(server)
  const leave = await screen.findByRole('button', { name: 'Sign out' })
  server.fault = { status: 503, code: 'store_unavailable' }
  await user.click(leave)
  await screen.findByRole('alert')
  server.fault = null
  await user.click(leave)
  await screen.findByText(/^You are signed out/)
  expect(server.changes.at(-1)?.call).toBe('DELETE /api/session')
})

it('lets somebody who works for several sites choose, and remembers the choice', async () => {
  server.me = { ...olive, sites: [...olive.sites, { site: 'second', name: 'Second shop', role: 'agent' }] }
  const { user, desk } = await openConsole(server)
  await user.select(await screen.findByRole('combobox', { name: 'Site' }), 'Second shop')
  await waitFor(() => expect(desk.$workspace.get()?.site).toBe('second'))
  expect(localStorage.getItem('porchlight-console:site')).toBe('second')
})

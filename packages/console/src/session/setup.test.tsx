import { act, screen, waitFor } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { openConsole, type Scene, useFakeServer } from '../../test/console-scene.js'

const server = useFakeServer()
const usedLink = /^This setup link was used or is too old\..*Only a server without an owner prints a new link/

async function followLink(token: string): Promise<void> {
  history.replaceState(null, '', `#setup=${token}`)
  await act(() => void dispatchEvent(new HashChangeEvent('hashchange')))
}

async function fillIn({ user }: Scene, password: string): Promise<void> {
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Olive')
  await user.type(screen.getByRole('textbox', { name: 'Email' }), 'olive@shop.example')
  await user.type(screen.getByLabelText('Password'), password)
  await user.click(screen.getByRole('button', { name: 'Create the owner' }))
}

it('makes the first owner with the token of the link, and keeps the token no longer', async () => {
  server.me = null
  server.needsSetup = true
  const scene = await openConsole(server, { setupToken: 'one-time' })
  await fillIn(scene, 'short')
  expect(server.changes).toEqual([])
  await scene.user.type(screen.getByLabelText('Password'), ' but then longer')
  await scene.user.click(screen.getByRole('button', { name: 'Create the owner' }))
  await screen.findByRole('list', { name: 'Conversations' })
  expect(server.changes[0]?.body).toEqual({ token: 'one-time', name: 'Olive', email: 'olive@shop.example', password: 'short but then longer' })
  expect(Object.values(sessionStorage)).not.toContain('one-time')
})

it('says how long a password is in one place', async () => {
  server.me = null
  server.needsSetup = true
  const scene = await openConsole(server, { setupToken: 'one-time' })
  await fillIn(scene, 'short')
  const told = screen.getAllByText(/12 to 128 characters/)
  expect(told.map(({ textContent }) => textContent)).toEqual(['Use 12 to 128 characters. A few words are good.'])
  expect(screen.getByLabelText('Password').getAttribute('aria-describedby')).toBe(told[0]?.id)
})

it('the form is still there after a reload', async () => {
  server.me = null
  server.needsSetup = true
  const { reload } = await openConsole(server, { setupToken: 'one-time' })
  await screen.findByRole('heading', { name: 'Create the owner' })
  expect(location.hash).toBe('')
  await reload()
  await screen.findByRole('heading', { name: 'Create the owner' })
})

it('a link that is followed in a tab that shows the console opens the form', async () => {
  server.me = null
  server.needsSetup = true
  await openConsole(server)
  await screen.findByText(/Open the setup link that the server printed/)
  await followLink('one-time')
  await screen.findByRole('heading', { name: 'Create the owner' })
  expect(location.hash).toBe('')
})

it('a link that was used leads to the sign-in, and says what can be done', async () => {
  server.me = null
  await openConsole(server, { setupToken: 'used' })
  expect(await screen.findByText(usedLink)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Sign in' })).toBeTruthy()
  expect(sessionStorage.length).toBe(0)
})

it('a used link that is followed while somebody is about to sign in says so there', async () => {
  server.me = null
  await openConsole(server)
  await screen.findByRole('button', { name: 'Sign in' })
  await followLink('used')
  expect(await screen.findByText(usedLink)).toBeTruthy()
})

it('a used link leaves an operator at work', async () => {
  await openConsole(server)
  await screen.findByRole('list', { name: 'Conversations' })
  await followLink('used')
  await waitFor(() => expect(sessionStorage.length).toBe(0))
  expect(screen.getByRole('list', { name: 'Conversations' })).toBeTruthy()
})

it('a link that turns out to be too old leads to the sign-in with what was typed, and is forgotten', async () => {
  server.me = null
  server.needsSetup = true
  server.refusal = { status: 401, body: { error: { code: 'unauthorized', message: 'no' } } }
  const scene = await openConsole(server, { setupToken: 'old' })
  await fillIn(scene, 'long enough for this')
  expect(await screen.findByText(usedLink, { selector: '[data-part="note"][role="alert"]' })).toBeTruthy()
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Email' }).value).toBe('olive@shop.example')
  expect(sessionStorage.length).toBe(0)
})

import type { ConnectionState } from '@porchlight/core'
import { act, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, expect, it, vi } from 'vitest'
import { openConsole, openRow, pass, type Scene, useFakeServer } from '../../test/console-scene.js'
import { aConversation, anInbox, olive } from '../../test/rows.js'

const server = useFakeServer()
const banner = (): string | undefined => document.querySelector('[data-part="banner"]')?.textContent
const down: ConnectionState = { state: 'waiting', attempt: 1, downSince: 1, deviceOffline: false }
const up: ConnectionState = { state: 'open', attempt: 0, deviceOffline: false }

afterEach(() => void vi.useRealTimers())

/** The connection goes, and stays away longer than anybody would overlook. */
async function lose({ connection }: Scene): Promise<void> {
  vi.useFakeTimers()
  await act(() => connection.$connection.set(down))
  await pass(2_000)
  vi.useRealTimers()
}

it('says so when the connection is lost for long, and when it is back', async () => {
  const { connection } = await openConsole(server)
  await screen.findByText('Connected')
  vi.useFakeTimers()
  await act(() => connection.$connection.set(down))
  await pass(1_900)
  expect(banner()).toBe(undefined)
  await pass(100)
  expect(banner()).toMatch(/^Connection lost. Trying again/)
  expect(screen.getByRole('status').textContent).toMatch(/^Connection lost. Trying again/)
  await act(() => connection.$connection.set(up))
  expect(banner()).toBe(undefined)
  expect(screen.getByRole('status').textContent).toContain('Connected again')
})

it('shows replies that wait: under each, and how many there are', async () => {
  server.inbox = anInbox({ conversations: [aConversation()] })
  const scene = await openConsole(server)
  await openRow(scene, /Where is my parcel/)
  await lose(scene)
  await scene.user.keyboard('It is on its way{Enter}')
  await act(() => scene.connection.$outbox.set({ count: 1, isFull: false }))
  const log = within(screen.getByRole('log'))
  expect(log.getByText('It is on its way').closest('li')?.textContent).toContain('Waits for the connection')
  expect(banner()).toContain('1 reply waits.')
  await act(() => scene.connection.$connection.set(up))
  expect(log.getByText('It is on its way').closest('li')?.textContent).toContain('Sending')
})

it('an operator who is Available learns that customers may not see it, and cannot change it meanwhile', async () => {
  server.me = { ...olive, available: true }
  const scene = await openConsole(server)
  const available = await screen.findByRole('switch', { name: 'Available' })
  expect(available.getAttribute('aria-describedby')).toBe(null)
  await lose(scene)
  expect(banner()).toContain('Customers may see that nobody is here.')
  expect(document.getElementById(available.getAttribute('aria-describedby') ?? '')?.textContent).toBe(banner())
  await scene.user.click(available)
  expect(available.getAttribute('aria-checked')).toBe('true')
  expect(server.changes).toEqual([])
  expect(screen.getByText(/cannot be changed without a connection/, { selector: '[data-state="problem"] p' })).toBeTruthy()
  await act(() => scene.connection.$connection.set(up))
  expect(banner()).toBe(undefined)
  await scene.user.click(available)
  expect(available.getAttribute('aria-checked')).toBe('false')
})

it('who is not Available is told nothing about customers', async () => {
  const scene = await openConsole(server)
  await screen.findByText('Connected')
  await lose(scene)
  expect(banner()).not.toContain('Customers')
})

it('what the server refused is written on the page until it was seen, and the focus is not lost with it', async () => {
  const { user } = await openConsole(server)
  const available = await screen.findByRole('switch', { name: 'Available' })
  server.fault = { status: 503, code: 'store_unavailable' }
  await user.click(available)
  const words = 'The server is busy. Nothing was changed. Try again in a moment.'
  expect(await screen.findByText(words, { selector: '[data-state="problem"] p' })).toBeTruthy()
  expect(screen.getByRole('alert').textContent).toBe(words)
  expect(available.getAttribute('aria-checked')).toBe('false')
  await user.click(screen.getByRole('button', { name: 'Dismiss' }))
  expect(banner()).toBe(undefined)
  expect(document.activeElement).toBe(available)
})

it('what goes well afterwards takes the words about the failure away', async () => {
  const { user } = await openConsole(server)
  const available = await screen.findByRole('switch', { name: 'Available' })
  server.fault = { status: 500, code: 'internal' }
  await user.click(available)
  await waitFor(() => expect(banner()).toContain('Something went wrong'))
  server.fault = null
  await user.click(available)
  await waitFor(() => expect(banner()).toBe(undefined))
})

import { act, screen, waitFor, within } from '@testing-library/preact'
import { beforeEach, expect, it } from 'vitest'
import { openConsole, openRow, type Scene, useFakeServer } from '../../test/console-scene.js'
import { aMessage, olive } from '../../test/fake-connection.js'
import { aConversation, anInbox, aRequest } from '../../test/rows.js'

const server = useFakeServer()
const fields = { name: 'Bea', email: 'bea@example.com', phone: '+48 601 123 456', text: 'Can I change the size?' }
const request = aRequest({ fields })

beforeEach(() => {
  server.inbox = anInbox({ conversations: [aConversation({ c: request.c, chat: false })], requests: [request] })
})

async function openRequest(): Promise<Scene> {
  const scene = await openConsole(server)
  scene.connection.log(request.c).arrive(
    aMessage({
      c: request.c,
      order: 1,
      k: 'request',
      by: { role: 'visitor', id: 'v_2' },
      body: { request: request.id, reference: request.reference, fields }
    })
  )
  await openRow(scene, /Can I change the size/)
  return scene
}

it('shows what was asked, by whom, and that nobody has verified it', async () => {
  await openRequest()
  const log = within(screen.getByRole('log'))
  expect(log.getByRole('heading', { name: 'Request 7K3M-9QXD' })).toBeTruthy()
  expect(log.getAllByText('Can I change the size?')).toHaveLength(1)
  expect(log.getByRole('link', { name: 'bea@example.com' }).getAttribute('href')).toBe('mailto:bea@example.com')
  expect(log.getByRole('link', { name: '+48 601 123 456' }).getAttribute('href')).toBe('tel:+48601123456')
  expect(log.getByText(/Nobody has verified them/)).toBeTruthy()
  expect(log.getByText('New', { selector: '[data-part="pill"]' })).toBeTruthy()
})

it('shows answers to the site’s own fields under the names that they had, and what was agreed to', async () => {
  const scene = await openConsole(server)
  const answers = [
    { id: 'order', label: 'Numer zamówienia', value: '4711' },
    { id: 'urgent', label: 'Pilne', value: true }
  ]
  const body = { request: request.id, reference: request.reference, fields: { ...fields, answers, consent: 'Zgadzam się' } }
  scene.connection.log(request.c).arrive(aMessage({ c: request.c, order: 1, k: 'request', by: { role: 'visitor', id: 'v_2' }, body }))
  await openRow(scene, /Can I change the size/)
  const facts = [...document.querySelectorAll('[data-part="request-card"] dl > div')].map(({ children }) =>
    [...children].map((child) => child.textContent)
  )
  expect(facts.slice(-3)).toEqual([
    ['Numer zamówienia', '4711'],
    ['Pilne', 'Yes'],
    ['Agreed to', 'Zgadzam się']
  ])
})

it('is answered by an ordinary reply in its conversation', async () => {
  const { user, connection } = await openRequest()
  await user.keyboard('Size 39 is there{Enter}')
  expect(connection.log(request.c).published).toEqual(['Size 39 is there'])
})

it('says near the field where the customer reads the reply', async () => {
  await openRequest()
  const described = screen.getByRole('textbox', { name: 'Reply' }).getAttribute('aria-describedby') ?? ''
  expect(document.getElementById(described)?.textContent).toMatch(/reads the reply on the site; nothing is mailed/)
})

it('moves on by hand', async () => {
  const scene = await openRequest()
  await scene.user.select(screen.getByRole('combobox', { name: /^State/ }), 'Closed')
  await waitFor(() =>
    expect(server.changes.at(-1)).toEqual({ call: `PATCH /api/sites/shop/requests/${request.id}`, body: { state: 'closed' }, header: '1' })
  )
  const body = { ...request, state: 'closed' }
  const inbox = scene.connection.log('inbox:shop')
  await act(() => inbox.arrive({ c: 'inbox:shop', id: 'e1', cursor: '', order: 1, at: 1, by: olive, k: 'request.changed', body }))
  expect(within(screen.getByRole('log')).getByText('Closed')).toBeTruthy()
  expect(within(screen.getByRole('list', { name: 'Requests' })).getByText('Closed')).toBeTruthy()
})

it('shows what looks like markup or a script as what it is: text', async () => {
  const nasty = { email: 'x@y.zz', text: '<img src=x onerror=alert(1)> javascript:alert(1)', name: '<b>Bea</b>\u202e' }
  server.inbox = anInbox({ requests: [aRequest({ fields: nasty })] })
  const scene = await openConsole(server)
  scene.connection
    .log(request.c)
    .arrive(aMessage({ c: request.c, order: 1, k: 'request', body: { request: request.id, reference: request.reference, fields: nasty } }))
  await openRow(scene, /onerror/)
  const log = screen.getByRole('log')
  expect(within(log).getByText(nasty.text)).toBeTruthy()
  expect(log.querySelector('img, b, script')).toBe(null)
  expect([...log.querySelectorAll('a')].map(({ href }) => href)).toEqual(['mailto:x@y.zz'])
  expect(log.textContent).not.toContain('\u202e')
})

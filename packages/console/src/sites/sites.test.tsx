import { act, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, expect, it, vi } from 'vitest'
import { openConsole, type Scene, useFakeServer } from '../../test/console-scene.js'
import { olive } from '../../test/rows.js'

const server = useFakeServer()
const field = (name: string): HTMLInputElement => screen.getByRole('textbox', { name })
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name })
const problemOf = (name: string): string | undefined =>
  document.getElementById(field(name).getAttribute('aria-describedby') ?? '')?.textContent ?? undefined

afterEach(() => void Reflect.deleteProperty(navigator, 'clipboard'))

/** Opens the dialog from the header, by keyboard. */
async function openSites(): Promise<Scene> {
  const scene = await openConsole(server)
  const opener = await screen.findByRole('button', { name: 'Sites' })
  opener.focus()
  await scene.user.keyboard('{Enter}')
  await screen.findByRole('button', { name: /^The shop/ })
  return scene
}

/** Pastes into the three fields: what is typed key by key is tested where single keys matter. */
async function fillIn(values: readonly [name: string, id: string, origins: string]): Promise<void> {
  const names = ['Name', 'Public name', 'Pages that may show the chat']
  await act(() => {
    for (const [index, name] of names.entries()) fireEvent.input(field(name), { target: { value: values[index] } })
  })
}

it('adds a site, shows the line for its pages, and offers it in the header at once', async () => {
  const scene = await openSites()
  await scene.user.click(button('Add a site'))
  expect(document.activeElement).toBe(field('Name'))
  await fillIn(['Second shop', 'second', 'https://Second.example/\nhttp://localhost:3000'])
  await scene.user.click(button('Add a site'))
  const tag = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Line for the pages' })
  expect(tag.value).toBe(`<script async src="${location.origin}/v1/porchlight.js" data-site="second"></script>`)
  expect(document.activeElement).toBe(button('Copy'))
  expect(server.changes).toEqual([
    {
      call: 'POST /api/sites',
      body: { site: 'second', name: 'Second shop', origins: ['https://second.example', 'http://localhost:3000'] },
      header: '1'
    }
  ])
  await waitFor(() => expect(screen.getByRole('combobox', { name: 'Site', hidden: true }).textContent).toContain('Second shop'))
  await scene.user.click(button('Back to the sites'))
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Sites' }))
  expect(button(/^Second shop/)).toBeTruthy()
})

it('an account without a site makes the first one, copies its tag, and is then at work there', async () => {
  server.me = { ...olive, sites: [] }
  server.sites = []
  const { user } = await openConsole(server)
  await screen.findByRole('heading', { name: 'No site yet' })
  await user.click(button('Sites'))
  await user.click(button('Add a site'))
  await fillIn(['First shop', 'first', 'https://first.example'])
  await user.click(button('Add a site'))
  await screen.findByText('First shop', { selector: '[data-part="site"]' })
  expect(field('Line for the pages').value).toContain('data-site="first"')
  expect(document.activeElement).toBe(button('Copy'))
  await user.click(button('Close'))
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('switch', { name: 'Available' })))
})

it('an account without a site that may make none is told so where it asked', async () => {
  server.me = { ...olive, sites: [] }
  server.sites = []
  server.fault = { status: 403, code: 'forbidden' }
  const { user } = await openConsole(server)
  await user.click(await screen.findByRole('button', { name: 'Sites' }))
  await user.click(button('Add a site'))
  await fillIn(['First shop', 'first', 'https://first.example'])
  await user.click(button('Add a site'))
  expect((await screen.findByText(/^This account may not do that/)).closest('dialog')).not.toBe(null)
  expect(field('Name').value).toBe('First shop')
})

it('changes the name and the origins of a site', async () => {
  const scene = await openSites()
  await scene.user.click(button(/^The shop/))
  expect(screen.queryByRole('textbox', { name: 'Public name' })).toBe(null)
  expect(field('Pages that may show the chat').value).toBe('https://shop.example')
  await scene.user.type(field('Name'), ' of Olive')
  await scene.user.type(field('Pages that may show the chat'), '\nloopback')
  await scene.user.click(button('Save'))
  await screen.findByText('Saved.')
  expect(server.changes.at(-1)).toEqual({
    call: 'PATCH /api/sites/shop',
    body: { name: 'The shop of Olive', origins: ['https://shop.example', 'loopback'] },
    header: '1'
  })
  await screen.findByText('The shop of Olive', { selector: '[data-part="site"]' })
})

it('says under the field what is wrong before the server is asked', async () => {
  const scene = await openSites()
  await scene.user.click(button('Add a site'))
  await fillIn(['Second shop', 'Second Shop', 'https://second.example\nsecond.example/cart'])
  await scene.user.click(button('Add a site'))
  expect(problemOf('Public name')).toMatch(/^Use 1 to 40 small letters/)
  expect(problemOf('Pages that may show the chat')).toMatch(/^“second\.example\/cart” is not such an address/)
  expect(document.activeElement).toBe(field('Public name'))
  expect(server.changes).toEqual([])
})

it('says that a public name is taken under its field, and keeps everything typed', async () => {
  server.fault = { status: 409, code: 'id_conflict' }
  const scene = await openSites()
  await scene.user.click(button('Add a site'))
  await fillIn(['Second shop', 'shop', 'https://second.example'])
  await scene.user.click(button('Add a site'))
  await waitFor(() => expect(problemOf('Public name')).toMatch(/^Another site has this public name/))
  expect(document.activeElement).toBe(field('Public name'))
  expect(field('Name').value).toBe('Second shop')
  await scene.user.type(field('Public name'), '-2')
  expect(problemOf('Public name')).not.toMatch(/Another site/)
})

it('says within the dialog what the server refused or could not tell', async () => {
  const scene = await openSites()
  const alerts = (): (string | null)[] => [...document.querySelectorAll('dialog [role="alert"]')].map(({ textContent }) => textContent)
  await scene.user.click(button(/^The shop/))
  expect(alerts()).toEqual([])
  server.fault = { status: 403, code: 'forbidden' }
  await scene.user.click(button('Save'))
  await waitFor(() => expect(alerts()).toEqual([expect.stringMatching(/^This account may not do that/)]))
  server.fault = { status: 503, code: 'store_unavailable' }
  await scene.user.click(button('Save'))
  await waitFor(() => expect(alerts()).toEqual([expect.stringMatching(/^The server is busy/)]))
  await scene.user.click(button('Close'))

  server.sitesFault = { status: 503, code: 'store_unavailable' }
  await scene.user.click(button('Sites'))
  await waitFor(() => expect(alerts()).toEqual([expect.stringMatching(/^The server is busy/)]))
})

it('copies the line, and selects it where the browser gives no clipboard', async () => {
  const scene = await openSites()
  await scene.user.click(button(/^The shop/))
  await scene.user.click(button('Copy'))
  await screen.findByText(/^This browser gives no clipboard/)
  const tag = field('Line for the pages')
  expect(document.activeElement).toBe(tag)
  expect([tag.selectionStart, tag.selectionEnd]).toEqual([0, tag.value.length])
  const writeText = vi.fn(async () => undefined)
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true })
  await scene.user.click(button('Copy'))
  await screen.findByText('Copied.')
  expect(writeText).toHaveBeenCalledExactlyOnceWith(tag.value)
})

it('an admin changes sites and adds none; an agent has no such button', async () => {
  server.me = { ...olive, sites: [{ site: 'shop', name: 'The shop', role: 'admin' }] }
  server.sites = server.sites.flatMap((site) => [
    { ...site, role: 'admin' as const },
    { ...site, site: 'other', name: 'Other shop', role: 'agent' as const }
  ])
  const scene = await openSites()
  expect(screen.queryByRole('button', { name: 'Add a site' })).toBe(null)
  expect(screen.queryByRole('button', { name: /^Other shop/ })).toBe(null)
  server.me = { ...olive, sites: [{ site: 'shop', name: 'The shop', role: 'agent' }] }
  await scene.reload()
  await screen.findByRole('switch', { name: 'Available' })
  expect(screen.queryByRole('button', { name: 'Sites' })).toBe(null)
})

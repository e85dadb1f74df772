import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeBrowser, desktop, person } from '../harness/browser.js'
import { articleWith, type HostPage, type HostSite, serveHost } from '../harness/host-page.js'
import { type ServerProcess, startServer } from '../harness/server-process.js'
import { widgetOn } from '../models/widget.model.js'

interface Verbs {
  readonly open: () => Promise<void>
  readonly consent: (granted: boolean) => void
}
declare const Porchlight: Verbs

let server: ServerProcess
let host: HostSite
const pages: Record<string, HostPage> = {}

beforeAll(async () => {
  server = await startServer()
  host = await serveHost(pages)
})
afterAll(async () => {
  await host?.close()
  await server?.stop()
  await closeBrowser()
})

const tag = (attributes = '') => `<script async src="${server.url}/v1/porchlight.js" data-site="demo" ${attributes}></script>`

/** A page of its own, with the given HTML in it, and what it asks of the server. */
async function visit(name: string, html: string): Promise<{ readonly page: Page; readonly asked: string[] }> {
  pages[`/${name}`] = { html }
  const page = await (await person(desktop)).newPage()
  const asked: string[] = []
  page.on('request', (request) => request.url().startsWith(server.url) && asked.push(new URL(request.url()).pathname))
  await page.goto(`${host.url}/${name}`)
  return { page, asked }
}

it('a backend that there is no adapter for is asked nothing, said to be unsupported, and leads to the site’s own link', async () => {
  const heard = `<script>
    window.heard = []
    ;(window.Porchlight ||= []).push(['on', 'error', (error) => heard.push({ code: error.code, message: error.message })])
  </script>`
  const { page, asked } = await visit('foreign', articleWith(tag('data-backend="xmpp" data-fallback-href="/contact"'), heard))
  await page.getByRole('button', { name: 'Chat with us' }).click()
  expect(await page.getByRole('link', { name: 'Chat with us' }).getAttribute('href')).toBe('/contact')
  expect(await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([
    { code: 'unsupported', message: 'backend xmpp is not supported' }
  ])
  expect(asked.filter((path) => !path.startsWith('/v1/assets/'))).toEqual(['/v1/porchlight.js'])
})

it('a chat whose code does not load asks, on the launcher that was pressed, for another try', async () => {
  const { page } = await visit('nothing-loads', articleWith(tag()))
  let isBroken = true
  await page.route('**/v1/assets/**', (route) => (isBroken ? route.fulfill({ status: 503 }) : route.continue()))
  await page.getByRole('button', { name: 'Chat with us' }).focus()
  await page.keyboard.press('Enter')
  const again = page.getByRole('button', { name: 'Chat with us: Try again' })
  await again.getByText('Try again').waitFor()
  expect(await again.evaluate((button) => button.matches(':focus'))).toBe(true)
  isBroken = false
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Customer support' }).waitFor()
  expect(await page.getByRole('button', { name: 'Chat with us', exact: true }).textContent()).toBe('')
})

it.each([
  ['end', 'left'],
  ['start', 'right']
])('on a page that runs to the left, side %s is the %s one, for launcher and card', async (position, side) => {
  const html = articleWith(tag(`data-position="${position}"`)).replace('<html', '<html dir="rtl"')
  const { page } = await visit(`rtl-${position}`, html)
  const widget = widgetOn(page)
  await widget.launcher.click()
  await widget.panel.waitFor()
  const { width } = page.viewportSize()!
  for (const part of [widget.launcher, widget.panel]) {
    const box = (await part.boundingBox())!
    expect(box.x + box.width / 2 < width / 2 ? 'left' : 'right').toBe(side)
  }
})

it('a script that runs before the body is there puts the launcher behind it, as the last stop of the keyboard', async () => {
  const head = tag().replace(' async', '')
  const { page } = await visit('early', articleWith('').replace('</head>', `${head}</head>`))
  await widgetOn(page).launcher.waitFor()
  expect(await page.evaluate(() => document.documentElement.lastElementChild?.localName)).toBe('porchlight-chat')
  await page.keyboard.press('Shift+Tab')
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('porchlight-chat')
})

it('a browser whose last chat is older than 30 days fetches no more than one that never had any', async () => {
  pages['/old'] = { html: articleWith(tag()) }
  const context = await person(desktop)
  const name = `porchlight:${new URL(server.url).host}:demo`
  await context.addInitScript((key) => localStorage.setItem(key, JSON.stringify({ activeAt: Date.now() - 31 * 86_400_000 })), name)
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(`${host.url}/old`)
  await widgetOn(page).launcher.waitFor()
  await page.waitForLoadState('networkidle')
  expect(asked.filter((path) => path.startsWith('/v1/assets/'))).toEqual([])
})

it('a refusal clears what an earlier visit left, without anybody opening the chat', async () => {
  const { page } = await visit('refused', articleWith(tag()))
  const name = `porchlight:${new URL(server.url).host}:demo`
  await page.evaluate((key) => localStorage.setItem(key, JSON.stringify({ activeAt: 1 })), name)
  await page.reload()
  await widgetOn(page).launcher.waitFor()
  await page.evaluate(() => Porchlight.consent(false))
  await page.waitForFunction((key) => localStorage.getItem(key) === null, name)
})

it('an element in the page does nothing at all before consent', async () => {
  const element = `<porchlight-chat site="demo" server="${server.url}" privacy="off">Write to us</porchlight-chat>`
  const { page } = await visit('quiet-element', articleWith(tag().replace('data-site="demo"', '')).replace('<h1>', `${element}<h1>`))
  await page.waitForFunction(() => 'chat' in document.querySelector('porchlight-chat')!)
  await page.waitForLoadState('networkidle')
  expect(await page.getByText('Write to us').isVisible()).toBe(true)
  await page.evaluate(() => (document.querySelector('porchlight-chat') as unknown as { chat: Verbs }).chat.consent(true))
  await page.getByRole('region', { name: 'Customer support' }).waitFor()
})

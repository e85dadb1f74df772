import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { desktop, person, phone } from '../harness/browser.js'
import { articleWith, type HostSite, serveHost } from '../harness/host-page.js'
import { useScene } from '../harness/scene.js'
import { expectTexts, type WidgetModel, widgetOn } from '../models/widget.model.js'

const scene = useScene({}, { isShared: true })
let strict: HostSite
beforeAll(async () => {
  const socket = scene.server.url.replace('http', 'ws')
  const policy = [
    "default-src 'none'",
    "style-src 'none'",
    "img-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    "script-src 'nonce-porch'",
    `connect-src ${scene.server.url} ${socket}`
  ].join('; ')
  const watcher =
    '<script nonce="porch">window.violations = []; addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective + " " + event.blockedURI))</script>'
  const tag = (attributes = '') => `<script async nonce="porch" src="${scene.server.url}/v1/porchlight.js" ${attributes}></script>`
  const page = (html: string) => ({ html, headers: { 'content-security-policy': policy } })
  const inline = `<porchlight-chat site="demo" server="${scene.server.url}"><a href="/help">Write to us</a></porchlight-chat>`
  strict = await serveHost({
    '/': page(articleWith(tag('data-site="demo"'), watcher)),
    '/polish': page(articleWith(tag('data-site="demo" data-locale="pl"'), watcher)),
    '/inline': page(articleWith(tag(), watcher).replace('<h1>', `${inline}<h1>`)),
    '/forbidden': page(articleWith('<p style="color: red">Red</p>', watcher))
  })
})
afterAll(async () => {
  await strict?.close()
})

/** Somebody on a strict page; at the end of the test it has seen no violation and no error. */
async function visit(path: string, device: BrowserContextOptions, prepare: () => void = () => undefined): Promise<WidgetModel> {
  const context = await person(device)
  await context.addInitScript(prepare)
  const widget = widgetOn(await context.newPage())
  onTestFinished(async () => {
    expect(await violations(widget)).toEqual([])
    expect(widget.faults, widget.faults.join('; ')).toEqual([])
    await context.close()
  })
  await widget.page.goto(strict.url + path)
  return widget
}

async function violations({ page }: WidgetModel): Promise<string[]> {
  const all = await page.evaluate(() => (window as unknown as { violations: string[] }).violations)
  return all.filter((violation) => !violation.includes('favicon'))
}

it('the policy is in force: a page’s own style attribute violates it', async () => {
  const context = await person(desktop)
  const widget = widgetOn(await context.newPage())
  await widget.page.goto(`${strict.url}/forbidden`)
  await expect.poll(() => violations(widget)).toEqual(['style-src-attr inline'])
  await context.close()
})

it('under the strictest policy and our two directives both talk, in a card and in a sheet', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  for (const [name, device] of Object.entries({ card: desktop, sheet: phone })) {
    const widget = await visit('/', device)
    await widget.open()
    await widget.send(`A text in a ${name}`)
    await desk.conversations.getByText(`A text in a ${name}`).waitFor()
    await desk.select(`A text in a ${name}`)
    await desk.send(`An answer to the ${name}`)
    await expectTexts(widget, [`A text in a ${name}`, `An answer to the ${name}`])
  }
  expect(await desk.page.evaluate(() => document.querySelectorAll('style').length)).toBe(0)
  await desk.setAvailable(false)
})

it('under it a request is left, its mistakes are shown, and the confirmation comes', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(false)
  const widget = await visit('/', phone)
  await widget.open()
  const send = widget.panel.getByRole('button', { name: 'Send request' })
  await send.click()
  await widget.panel.getByText('Fill in this field', { exact: false }).first().waitFor()
  await widget.panel.getByRole('textbox', { name: 'Email' }).fill('ann@example.com')
  await widget.panel.getByRole('textbox', { name: 'Your question' }).fill('A request under a strict policy')
  await send.click()
  await widget.panel.getByRole('heading', { name: 'Request received' }).waitFor()
  await desk.requests.getByText('A request under a strict policy').waitFor()
})

it('under it the chat runs in the page’s own layout', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { page } = await visit('/inline', desktop)
  const region = page.getByRole('region', { name: 'Customer support' })
  await region.getByRole('textbox', { name: 'Message' }).fill('A text from the element')
  await region.getByRole('button', { name: 'Send', exact: true }).click()
  await desk.conversations.getByText('A text from the element').waitFor()
})

it('under it the chat speaks another language', async () => {
  const { page } = await visit('/polish', desktop)
  await page.getByRole('button', { name: /^Napisz do nas/ }).click()
  await page.getByRole('dialog', { name: 'Obsługa klienta' }).getByRole('textbox').first().waitFor()
})

it('under it the chat goes over HTTP where no WebSocket can be had', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const widget = await visit('/', desktop, () => void Reflect.deleteProperty(window, 'WebSocket'))
  const polled = widget.page.waitForRequest('**/v1/poll*')
  await widget.open()
  await widget.send('A text over plain HTTP')
  await desk.conversations.getByText('A text over plain HTTP').waitFor()
  await polled
})

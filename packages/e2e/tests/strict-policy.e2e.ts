import { afterAll, beforeAll, expect, it } from 'vitest'
import { desktop, person } from '../harness/browser.js'
import { articleWith, type HostSite, serveHost } from '../harness/host-page.js'
import { useScene } from '../harness/scene.js'
import { expectTexts, widgetOn } from '../models/widget.model.js'

const scene = useScene()
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
  const tag = `<script async nonce="porch" src="${scene.server.url}/v1/porchlight.js" data-site="demo"></script>`
  strict = await serveHost({ '/': { html: articleWith(tag, watcher), headers: { 'content-security-policy': policy } } })
})
afterAll(async () => {
  await strict?.close()
})

it('under the strictest policy and our two directives everything works without a violation', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const context = await person(desktop)
  const widget = widgetOn(await context.newPage())
  await widget.page.goto(strict.url)
  await widget.open()
  await widget.send('A text under a strict policy')
  await desk.conversations.getByText('A text under a strict policy').waitFor()
  await desk.select('A text under a strict policy')
  await desk.send('An answer under it')
  await expectTexts(widget, ['A text under a strict policy', 'An answer under it'])

  await desk.setAvailable(false)
  const other = widgetOn(await (await person(desktop)).newPage())
  await other.page.goto(strict.url)
  await other.open()
  await other.panel.getByRole('heading', { name: 'Leave a request' }).waitFor()

  for (const { page } of [widget, other]) {
    const violations = await page.evaluate(() => (window as unknown as { violations: string[] }).violations)
    expect(violations.filter((violation) => !violation.includes('favicon'))).toEqual([])
  }
  expect(await desk.page.evaluate(() => document.querySelectorAll('style').length)).toBe(0)
})

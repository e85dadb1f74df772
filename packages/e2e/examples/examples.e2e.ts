import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import nodeResolve from '@rollup/plugin-node-resolve'
import { rollup } from 'rollup'
import ts from 'typescript'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeBrowser, desktop, person } from '../harness/browser.js'
import { type HostSite, serveHost } from '../harness/host-page.js'
import { installPacked, type PackedInstall } from '../harness/packed.js'
import { isGroupRunning } from '../harness/process-group.js'
import { type RunningProcess, runProcess } from '../harness/run-process.js'
import { owner } from '../harness/server-process.js'
import { consoleOn } from '../models/console.model.js'

const examples = new URL('../../../examples/', import.meta.url)
let packed: PackedInstall
let server: RunningProcess
let url: string
let host: HostSite

beforeAll(async () => {
  packed = await installPacked()
  // As people run it; the folder holds the packages, so npx fetches nothing.
  server = runProcess('npx', ['--offline', '@porchlight/server'], {
    folder: packed.folder,
    leadsGroup: true,
    environment: {
      PORT: '0',
      PORCHLIGHT_DEMO: '1',
      PORCHLIGHT_DATA: join(packed.folder, 'data'),
      PORCHLIGHT_OWNER_EMAIL: owner.email,
      PORCHLIGHT_OWNER_PASSWORD: owner.password
    }
  })
  url = (await server.printed(/http:\/\/127\.0\.0\.1:\d+/))[0]
  host = await serveHost({
    '/script-tag': { html: await page('script-tag') },
    '/inline-element': { html: await page('inline-element') },
    '/npm-core': { html: await page('npm-core') },
    '/main.js': { html: await bundle('npm-core/main.js'), headers: { 'content-type': 'text/javascript' } },
    '/own-markup': { html: await page('own-markup') },
    '/main.ts': { html: await bundle('own-markup/main.ts'), headers: { 'content-type': 'text/javascript' } }
  })
}, 180_000)

afterAll(async () => {
  await closeBrowser()
  await host?.close()
  if (server && isGroupRunning(server.pid)) process.kill(-server.pid, 'SIGTERM')
  await server?.ended
  await packed?.remove()
})

/** The example as it stands, but for the address of the server. */
async function page(name: string): Promise<string> {
  const text = await readFile(new URL(`${name}/index.html`, examples), 'utf8')
  return text.replaceAll('http://127.0.0.1:4700', url)
}

/** What a bundler makes of an example's script and the installed packages, but for the address of the server. */
async function bundle(script: string): Promise<string> {
  const bundled = await rollup({
    input: new URL(script, examples).pathname,
    plugins: [
      {
        name: 'example',
        async load(id) {
          if (!id.startsWith(examples.pathname)) return null
          const code = (await readFile(id, 'utf8')).replace('http://127.0.0.1:4700', url)
          return ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } }).outputText
        },
        resolveId(id, importer) {
          if (!importer?.startsWith(examples.pathname)) return null
          if (id.startsWith('.')) return new URL(id.replace('.js', '.ts'), `file://${importer}`).pathname
          return this.resolve(id, join(packed.folder, 'main.js'))
        }
      },
      nodeResolve({ browser: true }),
      { name: 'production', renderChunk: (text) => text.replaceAll('process.env.NODE_ENV', '"production"') }
    ]
  })
  const { output } = await bundled.generate({ format: 'es', inlineDynamicImports: true })
  return output[0].code
}

/** The request stands on the list of the server's console. */
async function expectAtServer(text: string): Promise<void> {
  const context = await person(desktop)
  const desk = consoleOn(await context.newPage(), url)
  await desk.signIn()
  await desk.requests.getByText(text).waitFor()
  await context.close()
}

it('script-tag: the chat opens and takes a request', async () => {
  const context = await person(desktop)
  const page = await context.newPage()
  await page.goto(`${host.url}/script-tag`)
  await page.getByRole('button', { name: /^Chat with us/ }).click()
  const panel = page.getByRole('dialog', { name: 'Customer support' })
  await panel.getByRole('textbox', { name: 'Email' }).fill('ann@example.com')
  await panel.getByRole('textbox', { name: 'Your question' }).fill('Is the tag enough?')
  await panel.getByRole('button', { name: 'Send request' }).click()
  await panel.getByText(/Reference number:\s*[0-9A-Z]{4}-[0-9A-Z]{4}/).waitFor()
  await expectAtServer('Is the tag enough?')
  await context.close()
})

it('inline-element: the fallback stands until the chat runs in its place', async () => {
  const context = await person(desktop)
  const page = await context.newPage()
  await page.goto(`${host.url}/inline-element`)
  const region = page.getByRole('region', { name: 'Customer support' })
  await region.waitFor()
  expect(await page.getByRole('link', { name: 'help@shop.example' }).isVisible()).toBe(false)
  await region.getByRole('textbox').first().click()
  await region.getByRole('textbox', { name: 'Email' }).fill('ann@example.com')
  await region.getByRole('textbox', { name: 'Your question' }).fill('Is the element enough?')
  await region.getByRole('button', { name: 'Send request' }).click()
  await region.getByText(/Reference number:\s*[0-9A-Z]{4}-[0-9A-Z]{4}/).waitFor()
  await expectAtServer('Is the element enough?')
  await context.close()

  const bare = await person({ ...desktop, javaScriptEnabled: false })
  const still = await bare.newPage()
  await still.goto(`${host.url}/inline-element`)
  expect(await still.getByRole('link', { name: 'help@shop.example' }).isVisible()).toBe(true)
  await bare.close()
})

it('npm-core: the page’s own markup shows the light and leaves a request', async () => {
  const context = await person(desktop)
  const page = await context.newPage()
  await page.goto(`${host.url}/npm-core`)
  await page.getByText(/Support is (offline|away)/).waitFor()
  await page.getByRole('textbox', { name: 'Email' }).fill('ann@example.com')
  await page.getByRole('textbox', { name: 'Your question' }).fill('Is the core enough?')
  await page.getByRole('button', { name: 'Send request' }).click()
  await page.getByText(/Reference number: [0-9A-Z]{4}-[0-9A-Z]{4}/).waitFor()
  await expectAtServer('Is the core enough?')
  await context.close()
})

it('own-markup: who is home in words, the site’s own fields, a reference, and a chat once somebody is there', async () => {
  const staff = await person(desktop)
  const desk = consoleOn(await staff.newPage(), url)
  await desk.signIn()
  expect(await desk.page.evaluate(setForm)).toBe(200)
  const context = await person(desktop)
  const page = await context.newPage()
  await page.goto(`${host.url}/own-markup`)
  await page.getByRole('status').getByText('Nobody is here now.').waitFor()

  const form = page.getByRole('form', { name: 'Leave a request' })
  await form.getByRole('textbox', { name: 'Your question' }).fill('Is my own markup enough?')
  await form.getByRole('button', { name: 'Send request' }).click()
  await form.getByRole('alert').getByText('Order number (required): please fill this in').waitFor()
  await form.getByRole('textbox', { name: 'Email' }).fill('ann@example.com')
  await form.getByRole('textbox', { name: 'Order number' }).fill('A-4711')
  await form.getByRole('combobox', { name: 'Reason' }).selectOption('Something is broken')
  await form.getByRole('checkbox', { name: 'I agree' }).check()
  await form.getByRole('button', { name: 'Send request' }).click()
  await page.getByText(/Reference number: [0-9A-Z]{4}-[0-9A-Z]{4}/).waitFor()
  await desk.select('Is my own markup enough?')
  for (const answer of ['A-4711', 'Something is broken']) await desk.page.getByText(answer).first().waitFor()

  await desk.setAvailable(true)
  await page.getByRole('status').getByText('Somebody is here.').waitFor()
  await page.getByRole('button', { name: 'Leave another request' }).click()
  await page.getByRole('textbox', { name: 'Message' }).fill('And by chat?')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page
    .getByRole('log')
    .getByText(/^You: And by chat\? \((sent|delivered|read)\)$/)
    .waitFor()
  await Promise.all([staff.close(), context.close()])
})

/** In the page of an owner: the demo site asks for more than a question. Resolves to the status of the answer. */
async function setForm(): Promise<number> {
  const options = [
    { id: 'broken', label: { en: 'Something is broken' } },
    { id: 'other', label: { en: 'Something else' } }
  ]
  const fields = [
    { id: 'order', kind: 'text', label: { en: 'Order number' }, isRequired: true },
    { id: 'reason', kind: 'select', label: { en: 'Reason' }, options }
  ]
  const requestForm = { fields, consent: { label: { en: 'I agree' } } }
  const headers = { 'Content-Type': 'application/json', 'X-Porchlight': '1' }
  return (await fetch('/api/sites/demo', { method: 'PATCH', headers, body: JSON.stringify({ requestForm }) })).status
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import nodeResolve from '@rollup/plugin-node-resolve'
import { rollup } from 'rollup'
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
    '/main.js': { html: await bundleCore(), headers: { 'content-type': 'text/javascript' } }
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

/** What a bundler makes of the example's script and the installed packages. */
async function bundleCore(): Promise<string> {
  const code = await readFile(new URL('npm-core/main.js', examples), 'utf8')
  const entry = join(packed.folder, 'main.js')
  const bundle = await rollup({
    input: entry,
    plugins: [
      {
        name: 'example',
        load: (id) => (id === entry ? code.replace('http://127.0.0.1:4700', url) : null),
        resolveId: (id) => (id === entry ? entry : null)
      },
      nodeResolve({ browser: true }),
      { name: 'production', renderChunk: (text) => text.replaceAll('process.env.NODE_ENV', '"production"') }
    ]
  })
  const { output } = await bundle.generate({ format: 'es', inlineDynamicImports: true })
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

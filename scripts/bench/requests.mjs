// What a page asks the network for before anybody opens the chat: the script and the light, nothing else, and no connection.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findChromium } from '../find-browser.mjs'
import { provideBrowser } from '../gates/provide-browser.mjs'

/** @returns {Promise<import('./table.mjs').Row[]>} */
export async function measureRequests() {
  provideBrowser()
  const { createServer } = await import(new URL('../../packages/server/dist/index.js', import.meta.url).href)
  const data = mkdtempSync(join(tmpdir(), 'porchlight-bench-'))
  const server = await createServer({ dataFolder: data, port: 0, isDemo: true })
  const { url } = await server.listen()
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update']
  })
  try {
    const page = await browser.newPage()
    const asked = /** @type {string[]} */ ([])
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    page.on('websocket', () => asked.push('websocket'))
    await page.goto(`${url}/`)
    await page.getByRole('button', { name: /^Chat with us/ }).waitFor()
    await page.waitForLoadState('networkidle')
    const ours = asked.filter((path) => path.startsWith('/v1/') || path === 'websocket')
    return [{ what: 'requests before the first open', value: ours.length, unit: 'requests', cap: 2, floor: 2, isWithin: ours.length <= 2 }]
  } finally {
    await browser.close()
    await server.close()
    rmSync(data, { recursive: true, force: true })
  }
}

// What a page asks our server for before anybody opens the chat, whatever the path; beside it the same page with the floor's script.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findChromium } from '../find-browser.mjs'
import { provideBrowser } from '../gates/provide-browser.mjs'
import { bundleFloor } from './bundle-floor.mjs'

/** The script and the light. */
const cap = 2

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
    const value = await countRequests(browser, url, { path: '/v1/porchlight.js' })
    const floor = await countRequests(browser, url, { path: '/floor.js', code: await bundleFloor('loader.ts', 'iife') })
    return [{ what: 'requests before the first open', value, unit: 'requests', cap, floor, isWithin: value <= cap }]
  } finally {
    await browser.close()
    await server.close()
    rmSync(data, { recursive: true, force: true })
  }
}

/**
 * Requests and sockets to the server's origin from a page of another origin, until the light is known and the network is quiet.
 * @param {import('playwright-core').Browser} browser @param {string} url
 * @param {{ path: string, code?: string }} script What the page's tag names; with its code where the server has none.
 */
async function countRequests(browser, url, { path, code }) {
  const shop = await serveShop(`<script async src="${url}${path}" data-site="demo"></script>`)
  const page = await browser.newPage()
  try {
    const asked = /** @type {string[]} */ ([])
    page.on('request', (request) => request.url().startsWith(`${url}/`) && asked.push(request.url()))
    page.on('websocket', (socket) => socket.url().startsWith(`${url.replace('http', 'ws')}/`) && asked.push(socket.url()))
    if (code) await page.route(url + path, (route) => route.fulfill({ body: code, contentType: 'text/javascript' }))
    await page.goto(shop.url)
    await page.locator('button[data-state="offline"]').waitFor()
    await page.waitForLoadState('networkidle')
    return asked.length
  } finally {
    await page.close()
    shop.close()
  }
}

/** @param {string} tag */
async function serveShop(tag) {
  const server = createHttpServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(`<!doctype html><html lang="en"><title>A shop</title><h1>A shop</h1>${tag}</html>`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    url: `http://127.0.0.1:${port}/`,
    close() {
      server.closeAllConnections()
      server.close()
    }
  }
}

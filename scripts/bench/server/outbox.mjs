// From `send` in a real page to the frame on its way: the text is kept in the page's database in between.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findChromium } from '../../find-browser.mjs'
import { provideBrowser } from '../../gates/provide-browser.mjs'
import { startChild } from './child.mjs'

const texts = 41
/** Nobody types faster: what is measured is a text's way, not how the one before it is drawn. */
const typingMs = 100

/** Milliseconds, the median of many texts that a person sends. */
export async function measureOutbox() {
  provideBrowser()
  const dataFolder = mkdtempSync(join(tmpdir(), 'porchlight-bench-'))
  const server = await startChild('porchlight-server.mjs', { port: 0, dataFolder })
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking']
  })
  try {
    const page = await browser.newPage()
    await page.addInitScript(() => {
      const send = WebSocket.prototype.send
      WebSocket.prototype.send = function (/** @type {any} */ data) {
        if (String(data).includes('"t":"pub"')) dispatchEvent(new CustomEvent('sent', { detail: performance.now() }))
        return send.call(this, data)
      }
    })
    await page.goto(server.started.url)
    const waits = await page.evaluate(sendOneByOne, { count: texts, restMs: typingMs })
    return /** @type {number} */ (waits.sort((a, b) => a - b)[waits.length >> 1])
  } finally {
    await browser.close()
    await server.kill()
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

/** Runs in the page. @param {{ count: number, restMs: number }} size @returns {Promise<number[]>} */
async function sendOneByOne({ count, restMs }) {
  const sent = () =>
    new Promise((/** @type {(atMs: number) => void} */ resolve) =>
      addEventListener('sent', (event) => resolve(/** @type {CustomEvent} */ (event).detail), { once: true })
    )
  const queue = /** @type {any} */ (window)
  queue.Porchlight ||= []
  const first = sent()
  queue.Porchlight.push(['open'], ['send', 'the first one opens the conversation'])
  await first
  const waits = []
  for (let index = 0; index < count; index++) {
    await new Promise((rested) => setTimeout(rested, restMs))
    const next = sent()
    const startMs = performance.now()
    queue.Porchlight.send(`text ${index}`)
    waits.push((await next) - startMs)
  }
  return waits
}

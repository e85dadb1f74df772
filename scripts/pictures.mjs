// `npm run pictures`: the README's pictures, taken from the running product.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled } from './install.mjs'

ensureInstalled()
const { build } = await import('./build.mjs')
const { provideBrowser } = await import('./gates/provide-browser.mjs')
const { findChromium } = await import('./find-browser.mjs')
const { chromium } = await import('playwright-core')
build()
provideBrowser()

const owner = { email: 'mira@shop.example', password: 'a quiet porch light', name: 'Mira' }
const folder = 'docs/pictures'
const data = mkdtempSync(join(tmpdir(), 'porchlight-pictures-'))
const { createServer } = await import(new URL('../packages/server/dist/index.js', import.meta.url).href)
const server = await createServer({ dataFolder: data, port: 0, isDemo: true })
const { url } = await server.listen()
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update']
})
mkdirSync(folder, { recursive: true })

try {
  const desk = await open({ viewport: { width: 1280, height: 800 } }, `/console#setup=${server.setupToken}`)
  await desk.getByRole('textbox', { name: 'Email' }).fill(owner.email)
  await desk.getByRole('textbox', { name: 'Name' }).fill(owner.name)
  await desk.getByLabel('Password').fill(owner.password)
  await desk.getByRole('button', { name: 'Create the owner' }).click()
  await leaveRequest('Jonas Weber', 'jonas@example.com', 'Do you ship to Austria before Friday?')
  await desk.getByRole('switch', { name: 'Available' }).click()
  for (const text of [
    'Can I change the address of order 2210?',
    'The blue one is sold out. Will it come back?',
    'Is there a repair service near Kraków?'
  ])
    await ask(text)

  const phone = await ask('My lamp flickers since yesterday', {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true
  })
  await converse(desk, phone, 'My lamp flickers since yesterday', [
    'Sorry to hear that. Which lamp is it?',
    'The Veranda, bought in March',
    'Then it is under warranty. A new socket leaves our store today.'
  ])
  await settled(phone)
  await phone.screenshot({ path: `${folder}/phone.png` })

  const desktop = await ask('Does the garden light stand frost?', { viewport: { width: 1280, height: 800 } })
  await converse(desk, desktop, 'Does the garden light stand frost?', [
    'Yes, down to minus twenty.',
    'And snow on top of it?',
    'No problem: the roof carries it.'
  ])
  await settled(desktop)
  await desktop.screenshot({ path: `${folder}/desktop.png` })
  await desk.screenshot({ path: `${folder}/console.png` })
} finally {
  await browser.close()
  await server.close()
  rmSync(data, { recursive: true, force: true })
}

/** @param {import('playwright-core').BrowserContextOptions} options @param {string} path @param {{ ownClock?: boolean }} [clock] */
async function open(options, path, { ownClock = false } = {}) {
  const page = await (await browser.newContext({ locale: 'en-GB', ...options })).newPage()
  if (ownClock) await page.clock.install()
  await page.goto(url + path)
  return page
}

/** Until the newest own message was read. @param {import('playwright-core').Page} page */
async function settled(page) {
  await page.getByRole('log').getByText('Read', { exact: true }).last().waitFor()
}

/** @param {string} text @param {import('playwright-core').BrowserContextOptions} [options] */
async function ask(text, options = {}) {
  const page = await open(options, '/')
  await page.getByRole('button', { name: /^Chat with us/ }).click()
  const field = page.getByRole('textbox', { name: 'Message' })
  await field.fill(text)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('log').getByText(text).waitFor()
  return page
}

/** @param {string} name @param {string} email @param {string} text */
async function leaveRequest(name, email, text) {
  const page = await open({}, '/', { ownClock: true })
  await page.getByRole('button', { name: /^Chat with us/ }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('textbox', { name: 'Email' }).fill(email)
  await page.getByRole('textbox', { name: 'Your question' }).fill(text)
  // Whoever fills a form in less than two seconds is taken for a machine.
  await page.clock.fastForward(60_000)
  await page.getByRole('button', { name: 'Send request' }).click()
  await page.getByText('Reference number').waitFor()
}

/** Operator and customer in turns, the operator first. @param {import('playwright-core').Page} desk @param {import('playwright-core').Page} customer @param {string} first @param {readonly string[]} turns */
async function converse(desk, customer, first, turns) {
  await desk.getByRole('listitem').filter({ hasText: first }).first().click()
  for (const [index, text] of turns.entries()) {
    const [page, label] = index % 2 === 0 ? [desk, 'Reply'] : [customer, 'Message']
    await page.getByRole('textbox', { name: label }).fill(text)
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await Promise.all([desk, customer].map((each) => each.getByRole('log').getByText(text).waitFor()))
  }
}

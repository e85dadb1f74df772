import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeBrowser, desktop, person } from '../harness/browser.js'
import { articleWith, type HostPage, type HostSite, serveHost } from '../harness/host-page.js'
import { type ServerProcess, startServer } from '../harness/server-process.js'
import { type WidgetModel, widgetOn } from '../models/widget.model.js'

declare const Porchlight: { open: (view?: string) => Promise<void>; consent: (granted: boolean) => void; hide: () => void; show: () => void }

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

const tag = (attributes = 'data-site="demo"') => `<script async src="${server.url}/v1/porchlight.js" ${attributes}></script>`

/** A page of its own, with the given HTML in it. */
async function visit(name: string, html: string): Promise<WidgetModel> {
  pages[`/${name}`] = { html }
  const context = await person(desktop)
  const page = await context.newPage()
  const widget = widgetOn(page)
  await page.goto(`${host.url}/${name}`)
  return widget
}

async function corner(page: Page, widget: WidgetModel): Promise<{ right: number; bottom: number }> {
  const box = await widget.launcher.boundingBox()
  const { width, height } = page.viewportSize()!
  return { right: width - box!.x - box!.width, bottom: height - box!.y - box!.height }
}

describe('on a page that does not know it', () => {
  it('the launcher keeps its place and its looks against the page’s styles', async () => {
    const hostile = `<style>
      html { transform: translateX(0); font-size: 40px }
      * { color: red !important; letter-spacing: 9px !important; opacity: 0.1 !important; position: static !important }
      html > * { display: none !important } html > body { display: block !important }
      *::before { content: 'x' !important } :not(:defined) { display: none !important } button { display: none !important }
    </style>`
    const plain = await visit('plain', articleWith(tag()))
    await plain.launcher.waitFor()
    const widget = await visit('hostile', articleWith(tag(), hostile))
    await widget.launcher.waitFor()
    expect(await corner(widget.page, widget)).toEqual(await corner(plain.page, plain))
    const looks = (button: Element) => {
      const { color, opacity, letterSpacing, fontSize, width, height, backgroundColor } = getComputedStyle(button)
      return { color, opacity, letterSpacing, fontSize, width, height, backgroundColor }
    }
    expect(await widget.launcher.evaluate(looks)).toEqual(await plain.launcher.evaluate(looks))
    await widget.launcher.click()
    await widget.panel.waitFor()
  })

  it('the widget comes back whatever the page does to its document, and the open panel with it', async () => {
    const widget = await visit('moves', articleWith(tag()))
    await widget.open()
    const moves = [
      () => document.body.replaceWith(document.createElement('body')),
      () => document.querySelector('porchlight-chat')?.remove(),
      () => document.documentElement.replaceChildren(document.createElement('head'), document.createElement('body')),
      () => {
        const root = document.createElement('html')
        root.append(document.createElement('head'), document.createElement('body'))
        document.documentElement.replaceWith(root)
      }
    ]
    for (const move of moves) {
      await widget.page.evaluate(move)
      await widget.panel.waitFor()
      await widget.launcher.waitFor()
      expect(await widget.page.locator('porchlight-chat').count()).toBe(1)
    }
    await widget.page.evaluate(() => {
      document.open()
      document.write('<html lang="en"><body>written anew</body></html>')
      document.close()
    })
    await widget.launcher.waitFor()
    await widget.launcher.click()
    await widget.panel.waitFor({ state: 'hidden' })
  })

  it('markup that shadows its names starts nothing twice and stops nothing', async () => {
    const shadows = '<img name="currentScript" alt=""><form id="Porchlight"><input name="ready"></form>'
    const widget = await visit('shadows', articleWith(`${shadows}${tag()}${tag()}`))
    await widget.launcher.waitFor()
    await widget.page.waitForLoadState('networkidle')
    expect(await widget.page.locator('porchlight-chat').count()).toBe(1)
    expect(await widget.page.evaluate(() => typeof Porchlight.open)).toBe('function')
    expect(widget.faults).toEqual([])
  })

  it('touches nothing of the page', async () => {
    const watch = `<script>
      window.kept = { fetch, pushState: history.pushState, attachShadow: Element.prototype.attachShadow }
      window.heard = []; const { addEventListener } = EventTarget.prototype
      EventTarget.prototype.addEventListener = function (type, ...more) { heard.push(type); return addEventListener.call(this, type, ...more) }
    </script>`
    const widget = await visit('untouched', articleWith(tag(), watch))
    const before = await widget.page.evaluate(() => document.querySelectorAll('head *, body *').length)
    await widget.open()
    const after = await widget.page.evaluate(() => {
      const { kept, heard } = window as unknown as { kept: Record<string, unknown>; heard: string[] }
      return {
        isSame: kept['fetch'] === fetch && kept['pushState'] === history.pushState && kept['attachShadow'] === Element.prototype.attachShadow,
        unload: heard.filter((type) => type === 'unload' || type === 'beforeunload'),
        nodes: document.querySelectorAll('head *, body *').length
      }
    })
    expect(after).toEqual({ isSame: true, unload: [], nodes: before })
  })
})

describe('where the site chose otherwise', () => {
  it('without consent there is nothing at all', async () => {
    const asked: string[] = []
    const context = await person(desktop)
    const page = await context.newPage()
    page.on('request', (request) => request.url().startsWith(server.url) && asked.push(new URL(request.url()).pathname))
    pages['/consent'] = { html: articleWith(tag('data-site="demo" data-privacy="off"')) }
    await page.goto(`${host.url}/consent`)
    await page.waitForLoadState('networkidle')
    expect(asked).toEqual(['/v1/porchlight.js'])
    const widget = widgetOn(page)
    await page.evaluate(() => Porchlight.consent(true))
    await widget.launcher.waitFor()
    await page.evaluate(() => Porchlight.consent(false))
    expect(await page.locator('porchlight-chat').count()).toBe(0)
  })

  it('any element opens the chat, and gets the focus back', async () => {
    const opener = '<button id="help" data-porchlight-open="request"><b>Help</b></button>'
    const widget = await visit('opener', articleWith(`${opener}${tag('data-site="demo" data-launcher="none"')}`))
    await widget.page.waitForFunction(() => 'Porchlight' in window && !Array.isArray(window.Porchlight))
    expect(await widget.launcher.count()).toBe(0)
    await widget.page.locator('#help b').click()
    await widget.panel.waitFor()
    await widget.page.keyboard.press('Escape')
    await widget.panel.waitFor({ state: 'hidden' })
    expect(await widget.page.evaluate(() => document.activeElement?.id)).toBe('help')
  })

  it('calls that the page queued are carried out in order', async () => {
    const queue = `<script>
      window.heard = []
      ;(window.Porchlight ||= []).push(['on', 'ready', () => heard.push('ready')], ['on', 'opened', () => heard.push('opened')], ['open', 'request'])
      addEventListener('porchlight:opened', (event) => heard.push('bubbled from ' + event.target.localName))
    </script>`
    const widget = await visit('queue', articleWith(tag(), queue))
    await widget.panel.waitFor()
    expect(await widget.page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([
      'ready',
      'opened',
      'bubbled from porchlight-chat'
    ])
  })

  it('speaks the page’s language', async () => {
    const widget = await visit('russian', articleWith(tag()).replace('lang="en"', 'lang="ru-RU"'))
    await widget.page.getByRole('button', { name: 'Напишите нам' }).click()
    await widget.page.getByRole('dialog', { name: 'Служба поддержки' }).waitFor()
  })
})

describe('when code does not load', () => {
  it('the launcher becomes the site’s own link, and the page sees no error', async () => {
    pages['/fallback'] = { html: articleWith(tag('data-site="demo" data-fallback-href="mailto:help@shop.example"')) }
    const page = await (await person(desktop)).newPage()
    const errors: unknown[] = []
    page.on('pageerror', (error) => errors.push(error))
    await page.route('**/v1/assets/**', (route) => route.fulfill({ status: 503 }))
    await page.goto(`${host.url}/fallback`)
    await page.getByRole('button', { name: 'Chat with us' }).click()
    expect(await page.getByRole('link', { name: 'Chat with us' }).getAttribute('href')).toBe('mailto:help@shop.example')
    expect(errors).toEqual([])
  })

  it('a panel that fails is told of, and a second try opens it', async () => {
    pages['/retry'] = { html: articleWith(tag()) }
    const page = await (await person(desktop)).newPage()
    const asked: string[] = []
    let isBroken = true
    await page.route('**/v1/assets/panel-*', (route) => {
      asked.push(new URL(route.request().url()).search)
      return isBroken ? route.fulfill({ status: 503 }) : route.continue()
    })
    await page.goto(`${host.url}/retry`)
    await page.getByRole('button', { name: 'Chat with us' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('The chat did not load.').waitFor()
    isBroken = false
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Customer support' }).waitFor()
    expect(new Set(asked).size).toBeGreaterThanOrEqual(3)
  })
})

describe('in the page’s own layout', () => {
  it('the element keeps what the page wrote until the chat is there, and costs nothing until somebody turns to it', async () => {
    const element = `<porchlight-chat site="demo" server="${server.url}"><a href="mailto:help@shop.example">Write to us</a></porchlight-chat>`
    const sockets: string[] = []
    const context = await person(desktop)
    const page = await context.newPage()
    page.on('websocket', (socket) => sockets.push(socket.url()))
    pages['/inline'] = { html: articleWith(tag('')).replace('<h1>', `${element}<h1>`) }
    await page.goto(`${host.url}/inline`)
    const region = page.getByRole('region', { name: 'Customer support' })
    // Nobody is home, and it says so before anybody turned to it.
    await region.getByRole('heading', { name: 'Leave a request' }).waitFor()
    expect(await page.getByRole('link', { name: 'Write to us' }).count()).toBe(0)
    expect(sockets).toEqual([])
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)

    const connected = page.waitForEvent('websocket')
    const question = region.getByRole('textbox', { name: 'Your question' })
    await question.click()
    await connected
    await page.keyboard.type('Where is my lamp?')
    expect(await question.inputValue()).toBe('Where is my lamp?')
    expect(await page.evaluate(() => document.querySelector('porchlight-chat')!.isConnected)).toBe(true)
    expect(await page.getByRole('button', { name: 'Chat with us' }).count()).toBe(0)
  })

  it('without code it is what the page wrote', async () => {
    pages['/inline-broken'] = {
      html: articleWith(tag('')).replace('<h1>', `<porchlight-chat site="demo"><a href="/help">Write to us</a></porchlight-chat><h1>`)
    }
    const page = await (await person(desktop)).newPage()
    await page.route('**/v1/assets/**', (route) => route.abort())
    await page.goto(`${host.url}/inline-broken`)
    await page.waitForLoadState('networkidle')
    expect(await page.getByRole('link', { name: 'Write to us' }).isVisible()).toBe(true)
  })
})

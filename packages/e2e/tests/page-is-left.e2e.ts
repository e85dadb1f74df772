import { expect, it } from 'vitest'
import { browserWithCache, desktop } from '../harness/browser.js'
import { articleWith, serveHost } from '../harness/host-page.js'
import { scriptTag, useScene } from '../harness/scene.js'
import { databaseText } from '../harness/stored-things.js'
import { expectTexts, widgetOn } from '../models/widget.model.js'

declare global {
  interface Window {
    wasHereBefore?: boolean
    makeRoom?: () => void
  }
}

const scene = useScene()

it('T31: a reload in the moment of sending sends once', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget } = await scene.customer()
  await widget.open()
  await widget.send('Before the reload')
  await desk.select('Before the reload')
  for (const text of ['First hurry', 'Second hurry', 'Third hurry']) {
    await widget.composer.fill(text)
    await widget.composer.press('Enter')
    await widget.page.reload()
    await widget.panel.waitFor()
  }
  const texts = ['Before the reload', 'First hurry', 'Second hurry', 'Third hurry']
  await expectTexts(desk, texts)
  await expectTexts(widget, texts)
})

it('T32: three texts of a tab that was closed without a connection are sent at the next visit, once and in order', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget, context } = await scene.customer()
  await widget.open()
  await widget.send('Before the tunnel')
  await desk.select('Before the tunnel')
  await expectTexts(widget, ['Before the tunnel'])
  await context.setOffline(true)
  const lost = ['One in the tunnel', 'Two in the tunnel', 'Three in the tunnel']
  for (const text of lost) await widget.send(text)
  await expectTexts(widget, ['Before the tunnel', ...lost])
  // A text is shown at once, and kept a few milliseconds later; nobody closes a tab that soon.
  for (const text of lost) await expect.poll(() => widget.page.evaluate(databaseText)).toContain(text)
  await widget.page.close()
  await context.setOffline(false)
  const next = widgetOn(await context.newPage())
  await next.page.goto(scene.host.url)
  await next.open()
  await expectTexts(desk, ['Before the tunnel', ...lost])
  await expectTexts(next, ['Before the tunnel', ...lost])
})

it('T34: a page with an open chat may be kept while it is left, and goes on when its reader comes back: nothing is lost', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const shop = await serveHost({
    '/': { html: articleWith(scriptTag(scene.server.url)) },
    '/elsewhere': { html: '<!doctype html><title>Elsewhere</title><p>Elsewhere</p>' }
  })
  const browser = await browserWithCache()
  try {
    const page = await (await browser.newContext(desktop)).newPage()
    page.setDefaultTimeout(20_000)
    const widget = widgetOn(page)
    await page.goto(shop.url)
    await widget.open()
    await widget.send('I am leaving')
    await desk.select('I am leaving')
    await page.evaluate(() => {
      window.wasHereBefore = true
    })
    await page.goto(`${shop.url}/elsewhere`)
    await desk.send('Said while you were away')
    await page.goBack({ waitUntil: 'commit' })
    await widget.panel.waitFor()
    expect(await page.evaluate(() => window.wasHereBefore)).toBe(true)
    await expectTexts(widget, ['I am leaving', 'Said while you were away'])
    await widget.send('And back')
    await expectTexts(desk, ['I am leaving', 'Said while you were away', 'And back'])
    expect(widget.faults).toEqual([])
  } finally {
    await browser.close()
    await shop.close()
  }
})

/** A text that was sent while the disk had room, and one that the tab alone keeps, for the server is away, too. */
async function talkOnFullDisk() {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget } = await scene.customer()
  await widget.open()
  await widget.send('There is room')
  await desk.select('There is room')
  await scene.server.kill()
  await widget.page.evaluate(() => {
    const { put } = IDBObjectStore.prototype
    // As a full disk does: the write is taken, and the transaction fails.
    IDBObjectStore.prototype.put = function (...values) {
      const request = put.apply(this, values)
      this.transaction.abort()
      return request
    }
    window.makeRoom = () => void Object.assign(IDBObjectStore.prototype, { put })
  })
  await widget.send('There is none')
  const inTab = () => widget.page.evaluate(() => Object.values({ ...sessionStorage }).join())
  // Else nothing would be tested.
  await expect.poll(inTab).toContain('There is none')
  return { desk, widget, inTab }
}

it('T73: what is sent while the disk is full and the server away outlives its page, and goes out once', async () => {
  const { desk, widget } = await talkOnFullDisk()
  await widget.page.goto('about:blank')
  await scene.server.restart()
  await widget.page.goto(scene.host.url)
  await widget.panel.waitFor()
  await expectTexts(widget, ['There is room', 'There is none'])
  await expectTexts(desk, ['There is room', 'There is none'])
})

it('T73: what is sent while the disk is full is on it without a reload once there is room, and goes out once', async () => {
  const { desk, widget, inTab } = await talkOnFullDisk()
  await widget.page.evaluate(() => {
    window.makeRoom?.()
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await expect.poll(inTab).not.toContain('There is none')
  await scene.server.restart()
  await expectTexts(widget, ['There is room', 'There is none'])
  await expectTexts(desk, ['There is room', 'There is none'])
  await widget.page.reload()
  await widget.panel.waitFor()
  await expectTexts(widget, ['There is room', 'There is none'])
  await expectTexts(desk, ['There is room', 'There is none'])
})

it('T73: where nothing may be stored the chat works, and says what that means while something is typed', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget, context } = await scene.customer('desktop', 'about:blank')
  await context.addInitScript(() => {
    const denied = {
      get() {
        throw new DOMException('denied', 'SecurityError')
      }
    }
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, denied)
  })
  await widget.page.goto(scene.host.url)
  await widget.open()
  await widget.composer.fill('From a browser')
  const line = widget.panel.getByText('This browser cannot keep your text. Leave this page open until it is sent.')
  await line.waitFor()
  await widget.send('From a browser that keeps nothing')
  await desk.select('From a browser that keeps nothing')
  await desk.send('Heard')
  await expectTexts(widget, ['From a browser that keeps nothing', 'Heard'])
  await line.waitFor({ state: 'detached' })
  expect(widget.faults).toEqual([])
})

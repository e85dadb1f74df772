import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { articleWith, serveHost } from '../harness/host-page.js'
import { scriptTag, useScene } from '../harness/scene.js'

declare const Porchlight: { destroy: () => void }

const scene = useScene()

/** Puts the tag into a page that has loaded, as a tag manager does. */
async function addTag(page: Page): Promise<void> {
  await page.evaluate((src) => {
    const script = document.createElement('script')
    script.dataset['site'] = 'demo'
    script.src = src
    return new Promise((loaded, failed) => {
      script.onload = loaded
      script.onerror = failed
      document.body.append(script)
    })
  }, `${scene.server.url}/v1/porchlight.js`)
}

const elements = (page: Page) => page.locator('porchlight-chat').count()
const globals = (page: Page) => page.evaluate(() => Object.keys(window).filter((name) => /porchlight/i.test(name)))

it('the tag twice on a page makes one widget', async () => {
  const { widget } = await scene.customer()
  await widget.launcher.waitFor()
  expect(await globals(widget.page)).toEqual(['Porchlight'])
  await addTag(widget.page)
  expect(await elements(widget.page)).toBe(1)
  expect(await globals(widget.page)).toEqual(['Porchlight'])
})

it('after destroy nothing is left that shows, hears or asks, and the tag added again works', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const opener = '<button data-porchlight-open>Help</button>'
  const shop = await serveHost({ '/': { html: articleWith(opener + scriptTag(scene.server.url)) } })
  const { widget, context } = await scene.customer('desktop', 'about:blank')
  const { page } = widget
  const known = await globals(page)
  await page.clock.install()
  const connected = page.waitForEvent('websocket')
  await page.goto(shop.url)
  await widget.open()
  await widget.send('A chat that the page ends')
  await desk.conversations.getByText('A chat that the page ends').waitFor()
  const socket = await connected

  await page.evaluate(() => Porchlight.destroy())
  await expect.poll(() => socket.isClosed()).toBe(true)
  expect(await elements(page)).toBe(0)
  expect(await page.evaluate(() => 'Porchlight' in window)).toBe(false)
  // nanostores keeps one epoch for all its copies on a page, by this name.
  expect((await globals(page)).filter((name) => !known.includes(name))).toEqual([])

  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('websocket', (opened) => asked.push(opened.url()))
  await page.getByRole('button', { name: 'Help' }).click()
  await page.evaluate(() => {
    for (const name of ['resize', 'visibilitychange', 'online', 'focus']) dispatchEvent(new Event(name))
    document.dispatchEvent(new Event('visibilitychange'))
  })
  for (let second = 0; second < 70; second += 10) await page.clock.runFor(10_000)
  expect(asked).toEqual([])
  expect(await elements(page)).toBe(0)

  await addTag(page)
  await page.getByRole('button', { name: 'Help' }).click()
  await widget.panel.waitFor()
  await widget.log.getByText('A chat that the page ends').waitFor()
  await widget.send('And goes on with')
  await desk.conversations.getByText('And goes on with').waitFor()
  expect(await elements(page)).toBe(1)
  expect(widget.faults).toEqual([])
  await context.close()
  await shop.close()
})

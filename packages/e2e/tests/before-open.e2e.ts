import { expect, it } from 'vitest'
import { desktop, person } from '../harness/browser.js'
import { useScene } from '../harness/scene.js'
import { storedThings } from '../harness/stored-things.js'
import { widgetOn } from '../models/widget.model.js'

const scene = useScene()

it('before the first open a page pays for the script and the light: no other request, no socket, nothing stored, no cookie', async () => {
  const context = await person(desktop)
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => request.url().startsWith(scene.server.url) && asked.push(new URL(request.url()).pathname))
  page.on('websocket', () => asked.push('a socket'))
  await page.goto(scene.host.url)
  const widget = widgetOn(page)
  await widget.launcher.waitFor()
  await widget.launcher.and(page.locator('[data-state="offline"], [data-state="away"]')).waitFor()
  await page.waitForLoadState('networkidle')

  expect(asked.sort()).toEqual(['/v1/porchlight.js', '/v1/sites/demo/light'])
  expect(await page.evaluate(storedThings)).toEqual([])
  expect(await context.cookies()).toEqual([])
  expect(await page.evaluate(() => document.querySelectorAll('head style, head link').length)).toBe(0)
  await context.close()
})

it('after a chat no text stands in localStorage and no cookie was set', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget, context } = await scene.customer()
  await widget.open()
  await widget.send('a text that stays out of localStorage')
  await desk.conversations.getByText('a text that stays out of localStorage').waitFor()
  expect(await widget.page.evaluate(() => JSON.stringify(localStorage))).not.toContain('a text that stays')
  expect((await context.cookies()).filter(({ name }) => !name.startsWith('porchlight-dev'))).toEqual([])
})

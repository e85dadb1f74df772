import { expect, it } from 'vitest'
import { desktop, person } from '../harness/browser.js'
import { useScene } from '../harness/scene.js'
import { consoleOn } from '../models/console.model.js'
import { expectTexts, widgetOn } from '../models/widget.model.js'

const scene = useScene()

it('where no WebSocket can be had both talk over HTTP, and the fallback is fetched only then', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const context = await person(desktop)
  const page = await context.newPage()
  await page.addInitScript(() => Reflect.deleteProperty(window, 'WebSocket'))
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const widget = widgetOn(page)
  await page.goto(scene.host.url)
  await widget.open()
  await widget.send('Over plain HTTP')
  await desk.conversations.getByText('Over plain HTTP').waitFor()
  await desk.select('Over plain HTTP')
  await desk.send('And back')
  await expectTexts(widget, ['Over plain HTTP', 'And back'])
  expect(asked.some((path) => /\/v1\/assets\/poll-/.test(path))).toBe(true)
  expect(asked).toContain('/v1/poll')
  await context.close()
})

it('an operator without a WebSocket is home, and talks, too', async () => {
  const context = await person(desktop)
  const page = await context.newPage()
  await page.addInitScript(() => Reflect.deleteProperty(window, 'WebSocket'))
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const desk = consoleOn(page, scene.server.url)
  await desk.signIn()
  await desk.setAvailable(true)
  const { widget } = await scene.customer()
  await widget.launcher.and(widget.page.locator('[data-state="online"]')).waitFor()
  await widget.open()
  await widget.send('Is your network strict?')
  await desk.select('Is your network strict?')
  await desk.send('It lets no WebSocket through')
  await widget.send('And yet')
  const texts = ['Is your network strict?', 'It lets no WebSocket through', 'And yet']
  await expectTexts(widget, texts)
  await expectTexts(desk, texts)
  expect(asked).toContain('/v1/poll')
  await context.close()
})

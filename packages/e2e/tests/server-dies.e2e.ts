import { afterAll, beforeAll, it } from 'vitest'
import { closeBrowser } from '../harness/browser.js'
import { type Scene, setScene } from '../harness/scene.js'
import { expectTexts } from '../models/widget.model.js'

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
afterAll(async () => {
  await scene?.end()
  await closeBrowser()
})

it('the server is killed in the middle of ten messages: ten messages, each once, in order, on both sides', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget } = await scene.customer()
  await widget.open()
  const texts = Array.from({ length: 10 }, (_, index) => `message ${index + 1} of ten`)

  for (const text of texts.slice(0, 5)) await widget.send(text)
  await scene.server.kill()
  for (const text of texts.slice(5)) await widget.send(text)
  await scene.server.restart()

  await expectTexts(widget, texts)
  await desk.conversations.getByText('message 10 of ten').waitFor()
  await desk.select('message 10 of ten')
  await expectTexts(desk, texts)
  await widget.page.waitForFunction(
    () => document.querySelector('porchlight-chat')?.shadowRoot?.querySelectorAll('[data-state="pending"]').length === 0
  )

  await Promise.all([widget.page.reload(), desk.page.reload()])
  await widget.panel.waitFor()
  await expectTexts(widget, texts)
  await desk.select('message 10 of ten')
  await expectTexts(desk, texts)
})

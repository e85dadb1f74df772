import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, it } from 'vitest'
import { closeBrowser } from '../harness/browser.js'
import { type Scene, setScene } from '../harness/scene.js'
import type { WidgetModel } from '../models/widget.model.js'

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
afterAll(async () => {
  await scene?.end()
  await closeBrowser()
})

/** The customer's own message, once it is marked as read. */
function own(widget: WidgetModel, text: string): Locator {
  return widget.log.locator('[data-part="message"][data-state="read"]').filter({ hasText: text })
}

it('each customer learns that his text was read when his conversation is on show, and not before', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const customers = [await scene.customer('phone'), await scene.customer('desktop')]
  for (const [index, { widget }] of customers.entries()) {
    await widget.open()
    await widget.send(`first text of customer ${index + 1}`)
    await desk.conversations.getByText(`first text of customer ${index + 1}`).waitFor()
  }
  for (const [index, { widget }] of customers.entries()) {
    await desk.select(`first text of customer ${index + 1}`)
    await own(widget, `first text of customer ${index + 1}`).waitFor()
    await desk.send(`answer to customer ${index + 1}`)
    await widget.send(`second text of customer ${index + 1}`)
    await desk.log.getByText(`second text of customer ${index + 1}`).waitFor()
    await own(widget, `second text of customer ${index + 1}`).waitFor()
  }
})

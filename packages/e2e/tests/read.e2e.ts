import type { Locator } from 'playwright-core'
import { expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'
import type { WidgetModel } from '../models/widget.model.js'

const scene = useScene()

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

it('a text that reached the operator’s browser says Delivered while another chat is on show there, and Read once it is seen', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget } = await scene.customer('phone')
  const { widget: other } = await scene.customer()
  for (const [each, text] of [
    [widget, 'a text that is opened and left'],
    [other, 'a text that stays on show']
  ] as const) {
    await each.open()
    await each.send(text)
    await desk.select(text)
    await own(each, text).waitFor()
  }

  await widget.send('a text behind')
  const item = widget.log.locator('[data-part="message"]').filter({ hasText: 'a text behind' })
  await item.getByText('Delivered', { exact: true }).waitFor()
  // Seen counts after a second; the other chat's next text is read in that time, this one is not.
  await other.send('a text in sight')
  await own(other, 'a text in sight').waitFor()
  expect(await item.innerText()).toMatch(/Delivered/)

  await desk.select('a text behind')
  await item.getByText('Read', { exact: true }).waitFor()
  expect(await item.innerText()).not.toMatch(/Delivered/)
})

import { afterAll, beforeAll, expect, it } from 'vitest'
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

it('seven customers talk to one operator at once and nothing crosses', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const customers = await Promise.all(Array.from({ length: 7 }, () => scene.customer()))
  for (const [index, { widget }] of customers.entries()) {
    await widget.open()
    await widget.send(`question of customer ${index + 1}`)
  }
  for (const index of customers.keys()) {
    await desk.conversations.getByText(`question of customer ${index + 1}`).waitFor()
    await desk.select(`question of customer ${index + 1}`)
    await desk.send(`answer for customer ${index + 1}`)
  }
  for (const [index, { widget }] of customers.entries()) await widget.send(`thanks from ${index + 1}`)
  for (const [index, { widget }] of customers.entries()) {
    await expectTexts(widget, [`question of customer ${index + 1}`, `answer for customer ${index + 1}`, `thanks from ${index + 1}`])
    await desk.select(`thanks from ${index + 1}`)
    await expectTexts(desk, [`question of customer ${index + 1}`, `answer for customer ${index + 1}`, `thanks from ${index + 1}`])
  }
  expect(customers.flatMap(({ widget }) => widget.faults)).toEqual([])
})

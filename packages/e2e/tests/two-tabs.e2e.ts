import { expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'
import { expectTexts, widgetOn } from '../models/widget.model.js'

const scene = useScene()

it('two tabs of one customer show one conversation: what either sends and what comes stands in both once', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget: first, context } = await scene.customer()
  await first.open()
  await first.send('From the first tab')
  await desk.select('From the first tab')

  const second = widgetOn(await context.newPage())
  await second.page.goto(scene.host.url)
  await second.open()
  await expectTexts(second, ['From the first tab'])
  await second.send('From the second tab')
  await desk.send('To both tabs')
  await first.page.bringToFront()
  await first.send('From the first tab again')

  const texts = ['From the first tab', 'From the second tab', 'To both tabs', 'From the first tab again']
  for (const side of [first, second, desk]) await expect.poll(async () => (await side.texts()).toSorted()).toEqual(texts.toSorted())
  const order = await desk.texts()
  await expectTexts(first, order)
  await second.page.bringToFront()
  await expectTexts(second, order)
  expect(await desk.conversations.getByRole('listitem').count()).toBe(1)

  await Promise.all([first.page.reload(), second.page.reload()])
  for (const { panel } of [first, second]) await panel.waitFor()
  for (const tab of [first, second]) await expectTexts(tab, order)
  expect([...first.faults, ...second.faults]).toEqual([])
})

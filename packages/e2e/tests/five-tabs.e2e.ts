import { expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'
import { expectTexts, widgetOn } from '../models/widget.model.js'

const scene = useScene()

it('T36: five tabs that send at once make five rows, and all show the same', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget: first, context } = await scene.customer()
  await first.open()
  await first.send('Hello from one of five tabs')
  await desk.select('Hello from one of five tabs')
  const tabs = [first]
  while (tabs.length < 5) {
    const tab = widgetOn(await context.newPage())
    await tab.page.goto(scene.host.url)
    await tab.open()
    await expectTexts(tab, ['Hello from one of five tabs'])
    tabs.push(tab)
  }

  for (const [index, tab] of tabs.entries()) await tab.composer.fill(`Text of tab ${index + 1}`)
  // A draft that stands in one composer does not come over another one.
  for (const [index, tab] of tabs.entries()) expect(await tab.composer.inputValue()).toBe(`Text of tab ${index + 1}`)
  await Promise.all(tabs.map((tab) => tab.composer.press('Enter')))

  const texts = ['Hello from one of five tabs', ...tabs.map((_, index) => `Text of tab ${index + 1}`)]
  await expect.poll(async () => (await desk.texts()).toSorted(), { timeout: 20_000 }).toEqual(texts.toSorted())
  const order = await desk.texts()
  for (const tab of tabs) {
    await tab.page.bringToFront()
    await expectTexts(tab, order)
    expect(tab.faults).toEqual([])
  }
})

it('what is typed in one tab goes on in another, and is gone from both once it was sent', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget: first, context } = await scene.customer()
  await first.open()
  await first.send('One draft')
  await expectTexts(first, ['One draft'])
  const second = widgetOn(await context.newPage())
  await second.page.goto(scene.host.url)
  await second.open()
  await first.composer.fill('Half a tho')
  await expect.poll(() => second.composer.inputValue()).toBe('Half a tho')
  await second.composer.pressSequentially('ught')
  await second.composer.press('Enter')
  await expectTexts(first, ['One draft', 'Half a thought'])
  await expect.poll(() => first.composer.inputValue()).toBe('')
  expect([...first.faults, ...second.faults]).toEqual([])
})

import { beforeAll, expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'
import type { ConsoleModel } from '../models/console.model.js'
import { expectTexts, type WidgetModel } from '../models/widget.model.js'

const scene = useScene({}, { isShared: true })
let desk: ConsoleModel
let customers: readonly WidgetModel[]
const question = (index: number) => `question of customer ${index + 1}`
const answer = (index: number) => `answer for customer ${index + 1}`
const thanks = (index: number) => `thanks from ${index + 1}`
const row = (text: string) => desk.conversations.getByRole('listitem').filter({ hasText: text })

beforeAll(async () => {
  desk = (await scene.operator()).desk
  await desk.setAvailable(true)
  customers = (await Promise.all(Array.from({ length: 7 }, () => scene.customer()))).map(({ widget }) => widget)
  for (const [index, widget] of customers.entries()) {
    await widget.open()
    await widget.send(question(index))
  }
  for (const index of customers.keys()) {
    await desk.select(question(index))
    await desk.send(answer(index))
  }
  for (const [index, widget] of customers.entries()) {
    await widget.send(thanks(index))
    await desk.conversations.getByText(thanks(index)).waitFor()
  }
})

it('T39: seven customers talk to one operator at once, and nothing crosses', async () => {
  for (const [index, widget] of customers.entries()) {
    await expectTexts(widget, [question(index), answer(index), thanks(index)])
    await desk.select(thanks(index))
    await expectTexts(desk, [question(index), answer(index), thanks(index)])
  }
})

it('who types is shown in his own conversation alone', async () => {
  const [, second, , fourth] = customers as readonly [WidgetModel, WidgetModel, WidgetModel, WidgetModel]
  await desk.select(thanks(3))
  await second.composer.pressSequentially('I am')
  await fourth.composer.pressSequentially('And so am I')
  const typing = desk.page.getByText('is typing')
  await typing.first().waitFor()
  expect(await typing.count()).toBe(1)
  await fourth.composer.fill('')
  await typing.waitFor({ state: 'hidden' })
  await second.composer.pressSequentially(' still here')
  await desk.select(thanks(1))
  await typing.first().waitFor()
  await second.composer.fill('')

  await desk.reply.pressSequentially('For the second')
  await second.log.getByText('is typing').waitFor()
  const shown = await Promise.all(customers.map(({ log }) => log.getByText('is typing').count()))
  expect(shown).toEqual([0, 1, 0, 0, 0, 0, 0])
  await desk.reply.fill('')
})

it('what is unread is counted where it belongs, on both sides', async () => {
  const counts = () => desk.conversations.getByText(/^\d+ unread messages?$/).allTextContents()
  for (const index of customers.keys()) {
    await desk.select(thanks(index))
    await row(thanks(index))
      .getByText(/unread/)
      .waitFor({ state: 'detached' })
  }
  await customers[2]?.send('one more from 3')
  await customers[2]?.send('and another from 3')
  await customers[5]?.send('one more from 6')
  await row('and another from 3').getByText('2 unread messages').waitFor()
  await row('one more from 6').getByText('1 unread message', { exact: true }).waitFor()
  expect((await counts()).toSorted()).toEqual(['1 unread message', '2 unread messages'])
  await expectTexts(desk, [question(6), answer(6), thanks(6)])

  for (const { page, panel } of customers) {
    await page.bringToFront()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'hidden' })
  }
  await desk.page.bringToFront()
  await desk.select('and another from 3')
  await desk.send('first reply to 3')
  await desk.send('second reply to 3')
  await desk.select('one more from 6')
  await desk.send('reply to 6')
  const names = () => Promise.all(customers.map(({ launcher }) => launcher.getAttribute('aria-label')))
  const none = 'Chat with us'
  await expect.poll(names).toEqual([none, none, `${none}, 2 unread messages`, none, none, `${none}, 1 unread message`, none])
  await expect.poll(counts).toEqual([])
  expect(customers.flatMap(({ faults }) => faults)).toEqual([])
})

import { expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'
import { expectTexts } from '../models/widget.model.js'

const scene = useScene()

it('the operator’s browser closes while a customer types: the composer becomes the form with the text in it', async () => {
  const { desk, context } = await scene.operator()
  await desk.setAvailable(true)
  const { widget } = await scene.customer('phone')
  await widget.open()
  await widget.composer.waitFor()
  await widget.composer.fill('My parcel 4711 has not')

  await context.close()
  const question = widget.panel.getByRole('textbox', { name: 'Your question' })
  await question.waitFor({ timeout: 30_000 })
  expect(await question.inputValue()).toBe('My parcel 4711 has not')
  await widget.page.context().close()
})

it('T47: the operator’s browser closes while the customer of a running chat types: the composer becomes the form with the text in it', async () => {
  const { desk, context } = await scene.operator()
  await desk.setAvailable(true)
  const { widget } = await scene.customer()
  await widget.open()
  await widget.send('Is my parcel 4712 on its way?')
  await desk.select('Is my parcel 4712 on its way?')
  await desk.send('I am looking')
  await expectTexts(widget, ['Is my parcel 4712 on its way?', 'I am looking'])
  await widget.composer.fill('It was promised for')

  await context.close()
  const question = widget.panel.getByRole('textbox', { name: 'Your question' })
  await question.waitFor({ timeout: 30_000 })
  expect(await question.inputValue()).toBe('It was promised for')
  expect(await widget.composer.count()).toBe(0)
  expect(widget.faults).toEqual([])
  await widget.page.context().close()
})

it('Available goes off with a chat running: the chat goes on, the light goes out for others', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget } = await scene.customer()
  await widget.open()
  await widget.send('Are you there?')
  await desk.conversations.getByText('Are you there?').waitFor()

  await desk.setAvailable(false)
  const { widget: other } = await scene.customer()
  await other.open()
  await other.panel.getByRole('heading', { name: 'Leave a request' }).waitFor()

  await desk.select('Are you there?')
  await desk.send('Yes, for you')
  await expectTexts(widget, ['Are you there?', 'Yes, for you'])
  await widget.send('Thank you')
  await expectTexts(desk, ['Are you there?', 'Yes, for you', 'Thank you'])
  expect(widget.faults).toEqual([])
})

import { expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'
import { expectTexts } from '../models/widget.model.js'

const scene = useScene()

it('the light turns on in an open page, and both talk with typing, sent, delivered and read', async () => {
  const { widget } = await scene.customer('phone')
  await widget.launcher.waitFor()
  // A sheet covers the launcher, which keeps its light.
  const light = () => widget.page.getByRole('button', { name: /^Chat with us/, includeHidden: true }).getAttribute('data-state')
  await expect.poll(light).toBe('offline')
  await widget.open()
  await widget.panel.getByRole('heading', { name: 'Leave a request' }).waitFor()

  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  await widget.composer.waitFor()
  await expect.poll(light).toBe('online')

  await widget.send('Good morning')
  await expectTexts(widget, ['Good morning'])
  await desk.conversations.getByText('Good morning').waitFor()
  await widget.log.locator('[data-state="sent"], [data-state="delivered"]').first().waitFor()
  await desk.select('Good morning')
  await expectTexts(desk, ['Good morning'])
  await widget.log.locator('[data-state="read"]').first().waitFor()

  await desk.reply.pressSequentially('Hel')
  await widget.log.getByText('is typing').waitFor()
  await widget.composer.pressSequentially('And')
  await desk.page.getByText('is typing').first().waitFor()

  await desk.send('Hello, how can I help?')
  await widget.send('And a question about shoes')
  await expectTexts(widget, ['Good morning', 'Hello, how can I help?', 'And a question about shoes'])
  await expectTexts(desk, ['Good morning', 'Hello, how can I help?', 'And a question about shoes'])
  await desk.log.locator('[data-state="read"]').first().waitFor()

  await Promise.all([widget.page.reload(), desk.page.reload()])
  await widget.panel.waitFor()
  await desk.select('And a question about shoes')
  await expectTexts(widget, ['Good morning', 'Hello, how can I help?', 'And a question about shoes'])
  await expectTexts(desk, ['Good morning', 'Hello, how can I help?', 'And a question about shoes'])
  expect(widget.faults).toEqual([])
})

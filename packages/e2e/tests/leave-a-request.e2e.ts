import { expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'

const scene = useScene()

it('nobody is home: a customer on a phone leaves a request, an operator answers it, the customer reads the answer', async () => {
  const { widget } = await scene.customer('phone')
  await widget.launcher.and(widget.page.locator('[data-state="offline"], [data-state="away"]')).waitFor()

  await widget.open()
  await widget.panel.getByRole('heading', { name: 'Leave a request' }).waitFor()
  await widget.panel.getByRole('textbox', { name: 'Name' }).fill('Ann Customer')
  await widget.panel.getByRole('textbox', { name: 'Email' }).fill('ann@example.com')
  await widget.panel.getByRole('textbox', { name: 'Your question' }).fill('Where is parcel 4711?')
  await widget.panel.getByRole('button', { name: 'Send request' }).click()
  await widget.panel.getByRole('heading', { name: 'Request received' }).waitFor()
  const confirmation = await widget.panel.innerText()
  const reference = confirmation.match(/Reference number:\s*([0-9A-Z]{4}-[0-9A-Z]{4})/)?.[1]
  expect(reference).toBeDefined()

  const { desk } = await scene.operator()
  await desk.requests.getByText('Where is parcel 4711?').waitFor()
  await desk.select('Where is parcel 4711?')
  await desk.page
    .getByText(reference as string)
    .first()
    .waitFor()
  await desk.send('It leaves our store tomorrow.')
  await expect.poll(() => desk.texts()).toContain('It leaves our store tomorrow.')

  await widget.page.reload()
  await widget.panel.waitFor()
  await widget.log.getByText('It leaves our store tomorrow.').waitFor()
  await widget.log.getByText('Where is parcel 4711?').first().waitFor()
  expect(widget.faults).toEqual([])
})

it('a request appears on the list of an operator who is signed in, without a reload', async () => {
  const { desk } = await scene.operator()
  let loads = 0
  desk.page.on('domcontentloaded', () => loads++)
  const { widget } = await scene.customer()
  await widget.open()
  await widget.panel.getByRole('textbox', { name: 'Email' }).fill('ben@example.com')
  await widget.panel.getByRole('textbox', { name: 'Your question' }).fill('Where is parcel 4712?')
  expect(await desk.requests.getByText('Where is parcel 4712?').count()).toBe(0)
  await widget.panel.getByRole('button', { name: 'Send request' }).click()
  await desk.requests.getByText('Where is parcel 4712?').waitFor()
  expect(loads).toBe(0)
})

import { expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'
import { type WidgetModel, widgetOn } from '../models/widget.model.js'

const scene = useScene()

const fieldOf = ({ panel }: WidgetModel, name: string) => panel.getByRole('textbox', { name })
const sendOf = ({ panel }: WidgetModel) => panel.getByRole('button', { name: 'Send request' })

/** The reference number that a confirmation shows. */
async function referenceIn({ panel }: WidgetModel): Promise<string | undefined> {
  await panel.getByRole('heading', { name: 'Request received' }).waitFor()
  return (await panel.innerText()).match(/Reference number:\s*([0-9A-Z]{4}-[0-9A-Z]{4})/)?.[1]
}

it('T53: one draft of a request that stands in two tabs and is sent in both at once is one request, under one reference', async () => {
  const { widget: first, context } = await scene.customer()
  await first.open()
  await fieldOf(first, 'Email').fill('ann@example.com')
  await fieldOf(first, 'Your question').fill('Where is parcel 4713?')
  const second = widgetOn(await context.newPage())
  await second.page.goto(scene.host.url)
  await second.open()
  await expect.poll(() => fieldOf(second, 'Your question').inputValue()).toBe('Where is parcel 4713?')
  expect(await fieldOf(second, 'Email').inputValue()).toBe('ann@example.com')

  await Promise.all([sendOf(first).dblclick(), sendOf(second).dblclick()])
  const references = await Promise.all([referenceIn(first), referenceIn(second)])
  expect(references[0]).toBeDefined()
  expect(references[1]).toBe(references[0])

  const { desk } = await scene.operator()
  await desk.requests.getByText('Where is parcel 4713?').waitFor()
  expect(await desk.requests.getByText('Where is parcel 4713?').count()).toBe(1)
  expect([...first.faults, ...second.faults]).toEqual([])
})

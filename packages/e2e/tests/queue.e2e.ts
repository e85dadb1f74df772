import { expect, it } from 'vitest'
import { roomyLimits } from '../faults/roomy-limits.js'
import { useScene } from '../harness/scene.js'
import type { ConsoleModel } from '../models/console.model.js'
import { expectTexts, type WidgetModel } from '../models/widget.model.js'

// Ten customers come from one address within seconds.
const scene = useScene({ PORCHLIGHT_LIMITS: JSON.stringify(roomyLimits) })
const question = (number: number) => `question of customer ${number}`

/** Sets how many chats an operator of the demo site takes at once. Resolves to the status of the answer. */
function setCapacity({ page }: ConsoleModel, capacity: number): Promise<number> {
  return page.evaluate(
    async (body) => {
      const headers = { 'Content-Type': 'application/json', 'X-Porchlight': '1' }
      return (await fetch('/api/sites/demo', { method: 'PATCH', headers, body: JSON.stringify(body) })).status
    },
    { capacity }
  )
}

/** The places in line that customers see, in the order of the customers; null where none is shown. */
async function placesOf(customers: readonly WidgetModel[]): Promise<(number | null)[]> {
  const lines = await Promise.all(customers.map(({ panel }) => panel.getByText(/^Your place in line: \d+/).allInnerTexts()))
  return lines.map(([line]) => (line === undefined ? null : Number(/\d+/.exec(line)?.[0])))
}

it('ten customers and an operator with room for five: five are answered, five see their places; who has the next place is next, and who takes the form leaves the line', async () => {
  const { desk } = await scene.operator()
  expect(await setCapacity(desk, 5)).toBe(200)
  await desk.setAvailable(true)
  const customers: WidgetModel[] = []
  for (let number = 1; number <= 10; number++) {
    const { widget } = await scene.customer()
    customers.push(widget)
    await widget.open()
    await widget.send(question(number))
    await desk.conversations.getByText(question(number), { exact: true }).waitFor()
  }
  const answered = customers.slice(0, 5)
  const waiting = customers.slice(5)
  await expect.poll(() => placesOf(waiting)).toEqual([1, 2, 3, 4, 5])
  expect(await placesOf(answered)).toEqual([null, null, null, null, null])
  for (const [index, widget] of answered.entries()) {
    await desk.select(question(index + 1))
    await desk.send(`answer to ${index + 1}`)
    await expectTexts(widget, [question(index + 1), `answer to ${index + 1}`])
  }
  expect(await placesOf(waiting)).toEqual([1, 2, 3, 4, 5])

  await desk.page.getByRole('button', { name: 'Close conversation' }).click()
  await expect.poll(() => placesOf(waiting)).toEqual([null, 1, 2, 3, 4])

  const third = waiting[2] as WidgetModel
  await third.panel.getByRole('button', { name: 'Leave a request instead' }).click()
  await third.panel.getByRole('textbox', { name: 'Email' }).fill('ann@example.com')
  await third.panel.getByRole('textbox', { name: 'Your question' }).fill('Where is parcel 4714?')
  await third.panel.getByRole('button', { name: 'Send request' }).click()
  await third.panel.getByRole('heading', { name: 'Request received' }).waitFor()
  await expect.poll(() => placesOf(waiting)).toEqual([null, 1, null, 2, 3])
  await desk.requests.getByText('Where is parcel 4714?').waitFor()
  expect(customers.flatMap(({ faults }) => faults)).toEqual([])
}, 120_000)

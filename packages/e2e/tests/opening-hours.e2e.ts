import type { SiteHours } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'
import type { ConsoleModel } from '../models/console.model.js'

const scene = useScene()
const dayMs = 86_400_000

/** Sets the hours of the demo site, as an owner may. Resolves to the status of the answer. */
function setHours({ page }: ConsoleModel, hours: SiteHours | null): Promise<number> {
  return page.evaluate(
    async (body) => {
      const headers = { 'Content-Type': 'application/json', 'X-Porchlight': '1' }
      return (await fetch('/api/sites/demo', { method: 'PATCH', headers, body: JSON.stringify(body) })).status
    },
    { hours }
  )
}

it('outside opening hours a customer is told when somebody is there again, in his own zone; when they begin the form is a chat again', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget } = await scene.customer()
  await widget.open()
  await widget.composer.waitFor()

  // Nepal is 5:45 ahead of UTC, always.
  const date = new Date(Date.now() + 2 * dayMs).toISOString().slice(0, 10)
  const hours: SiteHours = { zone: 'Asia/Kathmandu', week: {}, exceptions: [{ date, open: [{ from: '09:00', to: '10:00' }] }] }
  expect(await setHours(desk, hours)).toBe(200)
  await widget.panel.getByRole('heading', { name: 'Leave a request' }).waitFor()
  await widget.panel.getByText('We are closed now').waitFor()
  const hour = await widget.page.evaluate((at) => new Date(at).getHours(), `${date}T03:15:00Z`)
  // With twelve hours or twenty-four, as the page's language has it.
  await widget.panel.getByText(new RegExp(`^Back online: .*\\b(0?${hour % 12 || 12}|0?${hour}):15\\b`)).waitFor()

  expect(await setHours(desk, null)).toBe(200)
  await widget.composer.waitFor()
  await widget.send('Hello')
  await desk.conversations.getByText('Hello').waitFor()
  expect(widget.faults).toEqual([])
})

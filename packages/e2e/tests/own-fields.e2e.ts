import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RequestForm } from '@porchlight/protocol'
import { expect, it, onTestFinished } from 'vitest'
import { browserOn } from '../harness/browser.js'
import { useScene } from '../harness/scene.js'
import type { ConsoleModel } from '../models/console.model.js'
import { widgetOn } from '../models/widget.model.js'

const scene = useScene()

const asked: RequestForm = {
  fields: [
    { id: 'order', kind: 'text', label: { en: 'Order number' }, isRequired: true },
    {
      id: 'reason',
      kind: 'select',
      label: { en: 'Reason' },
      isRequired: true,
      options: [
        { id: 'broken', label: { en: 'Something is broken' } },
        { id: 'late', label: { en: 'It is late' } }
      ]
    }
  ],
  consent: { label: { en: 'I agree to the use of my data for this reply' } }
}

/** Sets what the demo site asks for. Resolves to the status of the answer. */
function setForm({ page }: ConsoleModel, requestForm: RequestForm): Promise<number> {
  return page.evaluate(
    async (body) => {
      const headers = { 'Content-Type': 'application/json', 'X-Porchlight': '1' }
      return (await fetch('/api/sites/demo', { method: 'PATCH', headers, body: JSON.stringify(body) })).status
    },
    { requestForm }
  )
}

it('a request with the site’s own fields and consent, sent without a network, outlives its browser, goes out once, and its answers stand in the console', async () => {
  const { desk } = await scene.operator()
  expect(await setForm(desk, asked)).toBe(200)
  const profile = await mkdtemp(join(tmpdir(), 'porchlight-profile-'))
  let browser = await browserOn(profile)
  onTestFinished(async () => {
    await browser.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  })
  const widget = widgetOn(await browser.newPage())
  await widget.page.goto(scene.host.url)
  await widget.open()
  await widget.panel.getByRole('textbox', { name: 'Email' }).fill('ann@example.com')
  await widget.panel.getByRole('textbox', { name: 'Order number' }).fill('A-4711')
  await widget.panel.getByRole('combobox', { name: 'Reason' }).selectOption('It is late')
  await widget.panel.getByRole('textbox', { name: 'Your question' }).fill('Where is parcel 4715?')
  await widget.panel.getByRole('button', { name: 'Send request' }).click()
  await widget.panel.locator('[data-field="consent"][aria-invalid="true"]').waitFor()
  await widget.panel.getByRole('checkbox', { name: 'I agree' }).check()
  await browser.setOffline(true)
  await widget.panel.getByRole('button', { name: 'Send request' }).click()
  await widget.panel.getByRole('heading', { name: 'Waiting for a connection' }).waitFor()
  expect(await desk.requests.getByText('Where is parcel 4715?').count()).toBe(0)

  await browser.close()
  browser = await browserOn(profile)
  const later = widgetOn(await browser.newPage())
  await later.page.goto(scene.host.url)
  await desk.requests.getByText('Where is parcel 4715?').waitFor()
  await later.page.reload()
  await desk.select('Where is parcel 4715?')
  for (const answer of ['A-4711', 'It is late', 'I agree to the use of my data for this reply']) await desk.page.getByText(answer).first().waitFor()
  expect(await desk.requests.getByText('Where is parcel 4715?').count()).toBe(1)
  expect(later.faults).toEqual([])
})

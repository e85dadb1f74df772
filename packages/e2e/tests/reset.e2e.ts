import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'
import { databaseText, storedThings } from '../harness/stored-things.js'
import { expectTexts, widgetOn } from '../models/widget.model.js'

declare const Porchlight: { readonly reset: () => Promise<number> }

const scene = useScene()
const reset = (page: Page): Promise<number> => page.evaluate(() => Porchlight.reset())

/** The credential that this browser keeps for the shop. */
async function tokenIn(page: Page): Promise<string> {
  const kept = await page.evaluate(() => Object.values(localStorage).join())
  const [token] = /plv_[\w-]+/.exec(kept) ?? []
  if (token === undefined) throw new Error('this browser keeps no credential')
  return token
}

/** Whom the server takes a credential for, and how many conversations it shows him. */
async function whoIs(token: string): Promise<{ readonly id: string; readonly conversations: number }> {
  const response = await fetch(`${scene.server.url}/v1/frames?site=demo`, {
    method: 'POST',
    headers: { origin: scene.host.url, 'content-type': 'application/json' },
    body: JSON.stringify([{ t: 'hello', v: [1, 1], device: 'B'.repeat(22), token }])
  })
  const [welcome] = (await response.json()) as [{ you: { id: string }; conversations: unknown[] }]
  return { id: welcome.you.id, conversations: welcome.conversations.length }
}

it('a reset ends the visit here and at the server, and the next one begins as somebody else', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget } = await scene.customer()
  await widget.open()
  await widget.send('My order number is 4711')
  await desk.select('My order number is 4711')
  await desk.send('Thank you, one moment')
  await expectTexts(widget, ['My order number is 4711', 'Thank you, one moment'])
  const token = await tokenIn(widget.page)
  const ann = await whoIs(token)
  expect(ann.conversations).toBe(1)

  const asked: string[] = []
  widget.page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`))
  expect(await reset(widget.page)).toBe(0)
  expect(await widget.page.evaluate(storedThings)).toEqual([])
  const nobody = await whoIs(token)
  expect([nobody.conversations, nobody.id === ann.id]).toEqual([0, false])
  await widget.panel.waitFor({ state: 'hidden' })
  await widget.launcher.and(widget.page.locator('[data-state="online"]')).waitFor()
  const light = `GET ${scene.server.url}/v1/sites/demo/light`
  await expect.poll(() => asked.map((line) => line.split('?')[0])).toContain(light)
  expect(asked.filter((line) => line.includes(token))).toEqual([])

  await widget.open()
  await widget.composer.waitFor()
  expect(await widget.texts()).toEqual([])
  await widget.send('Do you sell umbrellas?')
  await expectTexts(widget, ['Do you sell umbrellas?'])
  await expect.poll(() => desk.conversations.getByRole('listitem').count()).toBe(2)
  await desk.select('Do you sell umbrellas?')
  await expectTexts(desk, ['Do you sell umbrellas?'])
  const bea = await whoIs(await tokenIn(widget.page))
  expect([bea.conversations, bea.id === ann.id]).toEqual([1, false])
  expect(widget.faults).toEqual([])
})

it('a reset takes the conversation from the other tab of the browser too, which goes on as somebody else', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget: first, context } = await scene.customer()
  await first.open()
  await first.send('Between the two of us')
  await desk.conversations.getByText('Between the two of us').waitFor()
  const second = widgetOn(await context.newPage())
  await second.page.goto(scene.host.url)
  await second.open()
  await expectTexts(second, ['Between the two of us'])
  // A page keeps what it shows half a second after its last change.
  await expect.poll(() => second.page.evaluate(databaseText)).toContain('Between the two of us')
  const ann = await whoIs(await tokenIn(second.page))

  await reset(first.page)
  await expectTexts(second, [])
  await second.send('Hello from a new one')
  await desk.select('Hello from a new one')
  await expectTexts(desk, ['Hello from a new one'])
  expect((await whoIs(await tokenIn(second.page))).id).not.toBe(ann.id)
  expect(await second.page.evaluate(databaseText)).not.toContain('Between the two of us')
  expect(await first.panel.isVisible()).toBe(false)
})

it('without a network a reset forgets all the same, and what is written next reaches the operators from somebody else', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget, context } = await scene.customer()
  await widget.open()
  await widget.send('Is the shop open tomorrow?')
  await desk.conversations.getByText('Is the shop open tomorrow?').waitFor()
  const ann = await whoIs(await tokenIn(widget.page))

  await context.setOffline(true)
  await widget.send('And on Sunday?')
  expect(await reset(widget.page)).toBe(1)
  expect(await widget.page.evaluate(storedThings)).toEqual([])
  await context.setOffline(false)
  await widget.open()
  await widget.composer.waitFor()
  await widget.send('Where is the nearest shop?')
  await desk.select('Where is the nearest shop?')
  await expectTexts(desk, ['Where is the nearest shop?'])
  expect((await whoIs(await tokenIn(widget.page))).id).not.toBe(ann.id)
})

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const scene = useScene()

/** What axe finds in light and in dark, as `rule: element`. */
async function violations(page: Page): Promise<string[]> {
  // The console's policy lets no script tag in; what a driver evaluates is not subject to it.
  await page.evaluate(readFileSync(axe, 'utf8'))
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const results = await page.evaluate(
      (runOnly) =>
        (window as unknown as { axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }> } }).axe.run(
          { runOnly }
        ),
      tags
    )
    found.push(...results.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${colorScheme} ${id}: ${JSON.stringify(target)}`)))
  }
  return found
}

it('axe finds nothing on the launcher, the form, its errors and the confirmation', async () => {
  const { widget } = await scene.customer('phone')
  await widget.launcher.waitFor()
  expect(await violations(widget.page)).toEqual([])
  await widget.open()
  const send = widget.panel.getByRole('button', { name: 'Send request' })
  await send.click()
  await widget.panel.getByText('Fill in this field', { exact: false }).first().waitFor()
  expect(await violations(widget.page)).toEqual([])
  await widget.panel.getByRole('textbox', { name: 'Email' }).fill('ann@example.com')
  await widget.panel.getByRole('textbox', { name: 'Your question' }).fill('Is this usable by everybody?')
  await send.click()
  await widget.panel.getByRole('heading', { name: 'Request received' }).waitFor()
  expect(await violations(widget.page)).toEqual([])
})

it('axe finds nothing on a chat as a card and on the console', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget } = await scene.customer('desktop')
  await widget.open()
  await widget.send('Is the chat usable by everybody?')
  await desk.conversations.getByText('Is the chat usable by everybody?').waitFor()
  await desk.select('Is the chat usable by everybody?')
  await desk.send('It is meant to be')
  await widget.log.getByText('It is meant to be').waitFor()
  expect(await violations(widget.page)).toEqual([])
  expect(await violations(desk.page)).toEqual([])
})

it('everything a customer does works by keyboard alone', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget } = await scene.customer('desktop')
  const { keyboard } = widget.page
  await widget.launcher.focus()
  await keyboard.press('Enter')
  await widget.composer.waitFor()
  await expect.poll(() => widget.composer.evaluate((field) => (field.getRootNode() as ShadowRoot).activeElement === field)).toBe(true)
  await keyboard.type('Typed without a mouse')
  await keyboard.press('Enter')
  await widget.log.getByText('Typed without a mouse').waitFor()
  await keyboard.type('A draft')
  await keyboard.press('Escape')
  await widget.panel.waitFor({ state: 'hidden' })
  await expect.poll(() => widget.launcher.evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement === button)).toBe(true)
  await keyboard.press('Enter')
  await widget.composer.waitFor()
  expect(await widget.composer.inputValue()).toBe('A draft')
})

it('axe finds nothing on the hours of a site, what is wrong with them and their preview', async () => {
  const { desk } = await scene.operator()
  const { page } = desk
  await page.getByRole('button', { name: 'Sites' }).click()
  await page.getByRole('list', { name: 'Sites' }).getByRole('button').click()
  await page.getByRole('radio', { name: 'Open at certain times' }).check()
  await page.getByRole('button', { name: 'Add a holiday' }).click()
  const holiday = page.getByRole('group', { name: 'Holiday 1' })
  await holiday.getByLabel('Month').selectOption('December')
  await page.getByRole('button', { name: 'Save the hours' }).click()
  await holiday.getByText('Choose a month and a day that the calendar has').waitFor()
  expect(await violations(page)).toEqual([])
  await holiday.getByLabel('Day').selectOption('25')
  await page.getByRole('list', { name: 'What customers will see in the next two weeks' }).getByRole('listitem').nth(13).waitFor()
  expect(await violations(page)).toEqual([])
})

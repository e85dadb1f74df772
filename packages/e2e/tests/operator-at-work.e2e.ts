import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'
import { owner } from '../harness/server-process.js'
import { expectTexts } from '../models/widget.model.js'

const scene = useScene()

/** What has the focus: its role or tag, and the beginning of its words. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    const words = element?.id || element?.textContent?.trim().slice(0, 60)
    return `${element?.getAttribute('role') ?? element?.tagName.toLowerCase()} ${words}`
  })
}

it('signs in, becomes Available, opens, answers, closes and goes on by keyboard alone', async () => {
  const { desk, context } = await scene.operator()
  const { page } = desk
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect.poll(() => focused(page)).toBe('input email')
  await page.keyboard.type(owner.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(owner.password)
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(page)).toBe('switch Available')
  await page.keyboard.press('Space')
  await page.locator('[role="switch"][aria-checked="true"]').waitFor()

  const { widget } = await scene.customer()
  await widget.open()
  await widget.send('Can I do all this without a mouse?')
  await desk.conversations.getByText('Can I do all this without a mouse?').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(page)).toBe('textarea reply')
  await page.keyboard.type('Yes, all of it')
  await page.keyboard.press('Enter')
  await expectTexts(widget, ['Can I do all this without a mouse?', 'Yes, all of it'])

  await page.keyboard.press('Escape')
  await expect.poll(() => focused(page)).toMatch(/^button Visitor/)
  await page.keyboard.press('e')
  await page.getByRole('button', { name: 'Reopen conversation' }).waitFor()
  expect(await focused(page)).toMatch(/^button Visitor/)

  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => focused(page)).toMatch(/^button Visitor/)
  await context.close()
})

it('what is open survives a reload, goes with Back and Forward, and opens for a colleague by its address', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  for (const text of ['first of two questions', 'second of two questions']) {
    const { widget } = await scene.customer()
    await widget.open()
    await widget.send(text)
    await desk.conversations.getByText(text).waitFor()
    await desk.select(text)
    await expectTexts(desk, [text])
  }
  const { page } = desk
  await page.reload()
  await expectTexts(desk, ['second of two questions'])
  await page.goBack()
  await expectTexts(desk, ['first of two questions'])
  await page.goForward()
  await expectTexts(desk, ['second of two questions'])

  const { desk: colleague } = await scene.operator()
  await colleague.page.goto(page.url())
  await expectTexts(colleague, ['second of two questions'])
  await colleague.page.goto(page.url().replace(/c_.*$/, 'c_nowhere'))
  await colleague.page.getByRole('heading', { name: 'Nothing is found at this address' }).waitFor()
})

it('a console whose network is gone says so within ten seconds, and what was typed meanwhile arrives once it is back', async () => {
  const { desk, context } = await scene.operator()
  await desk.setAvailable(true)
  const { widget } = await scene.customer()
  await widget.open()
  await widget.send('Are you still there?')
  await desk.conversations.getByText('Are you still there?').waitFor()
  await desk.select('Are you still there?')

  await context.setOffline(true)
  await desk.page.getByText('Customers may see that nobody is here.', { exact: false }).waitFor({ timeout: 10_000 })
  await desk.send('Yes, in a moment')
  await desk.log.getByText('Waits for the connection').waitFor()
  await context.setOffline(false)
  await desk.page.getByText('Connected', { exact: true }).waitFor()
  await expectTexts(widget, ['Are you still there?', 'Yes, in a moment'])
})

it('who signs out in one tab is signed out in the other, with nothing left that was typed there', async () => {
  const { desk, context } = await scene.operator()
  const { widget } = await scene.customer()
  await desk.setAvailable(true)
  await widget.open()
  await widget.send('One customer, two tabs')
  const other = await context.newPage()
  await other.goto(`${scene.server.url}/console`)
  await other.getByRole('list', { name: 'Conversations' }).getByText('One customer, two tabs').click()
  await other.getByRole('textbox', { name: 'Reply' }).fill('half a word')
  await desk.page.getByRole('button', { name: 'Sign out' }).click()
  const question = desk.page.getByRole('dialog', { name: 'Sign out?' })
  await question.getByText('1 unsent text will be deleted from this device.').waitFor()
  await question.getByRole('button', { name: 'Sign out' }).click()
  await other.getByText('You are signed out.', { exact: false }).waitFor()
  const drafts = () => other.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(':drafts:')))
  expect([await drafts(), await other.evaluate(() => [sessionStorage.length, location.hash])]).toEqual([[], [0, '']])
})

it('what an operator typed outlives his tab, and goes on in another', async () => {
  const { desk, context } = await scene.operator()
  const { widget } = await scene.customer()
  await desk.setAvailable(true)
  await widget.open()
  await widget.send('Who closes a tab by mistake?')
  await desk.select('Who closes a tab by mistake?')
  await desk.page.getByRole('textbox', { name: 'Reply' }).fill('Half of the ans')
  const other = await context.newPage()
  await desk.page.close()
  await other.goto(`${scene.server.url}/console`)
  await other.getByRole('list', { name: 'Conversations' }).getByText('Who closes a tab by mistake?').click()
  await expect.poll(() => other.getByRole('textbox', { name: 'Reply' }).inputValue()).toBe('Half of the ans')
})

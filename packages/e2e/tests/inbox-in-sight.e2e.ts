import type { Locator } from 'playwright-core'
import { expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'

const scene = useScene()

/** Inside the window, and neither covered nor scrolled out of sight in a list of its own. */
function isInSight(part: Locator): Promise<boolean> {
  return part.evaluate((element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect()
    const corners = [
      [left + 2, top + 2],
      [right - 2, bottom - 2]
    ] as const
    return top >= 0 && bottom <= innerHeight && corners.every(([x, y]) => element.contains(document.elementFromPoint(x, y)))
  })
}

it('a phone shows which site is open, in full', async () => {
  const { desk, context } = await scene.operator()
  const { page } = desk
  await page.setViewportSize({ width: 390, height: 844 })
  const site = page.getByRole('banner').getByText('Lantern & Loom', { exact: true })
  expect(await isInSight(site)).toBe(true)
  expect(await site.evaluate((name) => name.scrollWidth <= name.clientWidth)).toBe(true)
  await context.close()
})

it('with seven conversations and three requests both lists’ headings and first rows stand on the first screen of 1280 by 800, and the page itself never scrolls', async () => {
  const { desk } = await scene.operator()
  for (const index of [1, 2, 3]) {
    const { widget, context } = await scene.customer()
    await widget.open()
    await widget.panel.getByRole('textbox', { name: 'Email' }).fill(`customer-${index}@example.com`)
    await widget.panel.getByRole('textbox', { name: 'Your question' }).fill(`request number ${index}`)
    await widget.panel.getByRole('button', { name: 'Send request' }).click()
    await desk.requests.getByText(`request number ${index}`).waitFor()
    await context.close()
  }
  await desk.setAvailable(true)
  for (const index of [1, 2, 3, 4, 5, 6, 7]) {
    const { widget, context } = await scene.customer()
    await widget.open()
    await widget.send(`question number ${index}`)
    await desk.conversations.getByText(`question number ${index}`).waitFor()
    await context.close()
  }
  await desk.page.reload()
  await expect.poll(() => desk.conversations.getByRole('listitem').count()).toBe(7)
  await expect.poll(() => desk.requests.getByRole('listitem').count()).toBe(3)

  expect(desk.page.viewportSize()).toEqual({ width: 1280, height: 800 })
  for (const [list, name] of [
    [desk.conversations, 'Conversations'],
    [desk.requests, 'Requests']
  ] as const) {
    expect([name, await isInSight(desk.page.getByRole('heading', { name }))]).toEqual([name, true])
    expect([name, await isInSight(list.getByRole('listitem').first())]).toEqual([name, true])
  }

  // What scrolls are the lists and the log; a page that scrolled as well would take the header away.
  const isPageInSight = () => desk.page.evaluate(() => (document.scrollingElement?.scrollHeight ?? Number.POSITIVE_INFINITY) <= innerHeight)
  for (const part of ['inbox', 'thread'] as const) {
    if (part === 'thread') await desk.select('question number 7')
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 390, height: 844 },
      // Low enough for rows below the edge of their lists.
      { width: 1280, height: 560 }
    ]) {
      await desk.page.setViewportSize(viewport)
      expect([part, viewport, await isPageInSight()]).toEqual([part, viewport, true])
    }
    await desk.page.setViewportSize({ width: 1280, height: 800 })
  }
})

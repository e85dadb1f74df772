import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, onTestFinished } from 'vitest'
import { closeBrowser, desktop, person } from '../harness/browser.js'
import { articleWith, serveHost } from '../harness/host-page.js'
import { type RunningProcess, runProcess } from '../harness/run-process.js'
import { scriptTag } from '../harness/scene.js'
import { owner } from '../harness/server-process.js'
import { type ConsoleModel, consoleOn } from '../models/console.model.js'
import { type WidgetModel, widgetOn } from '../models/widget.model.js'

const movedServer = new URL('../harness/moved-server.mjs', import.meta.url).pathname
const hourMs = 3_600_000

afterAll(closeBrowser)

/** A server whose clock a test moves, an operator who is there, and a customer whose page stands open. */
async function openShop(): Promise<{ readonly server: RunningProcess; readonly desk: ConsoleModel; readonly widget: WidgetModel }> {
  const data = await mkdtemp(join(tmpdir(), 'porchlight-hours-'))
  const server = runProcess(process.execPath, [movedServer], { environment: { DATA: data, OWNER: JSON.stringify(owner) } })
  const contexts = await Promise.all([person(desktop), person(desktop)])
  const [, url = ''] = await server.printed(/on at (http:\S+)/)
  const host = await serveHost({ '/': { html: articleWith(scriptTag(url)) } })
  onTestFinished(async () => {
    await Promise.all(contexts.map((context) => context.close()))
    await host.close()
    server.kill('SIGKILL')
    await server.ended
    await rm(data, { recursive: true, force: true })
  })
  const [deskPage, customerPage] = await Promise.all(contexts.map((context) => context.newPage()))
  if (!deskPage || !customerPage) throw new Error('no pages')
  const desk = consoleOn(deskPage, url)
  await desk.signIn()
  await desk.setAvailable(true)
  const widget = widgetOn(customerPage)
  await customerPage.goto(host.url)
  await widget.open()
  await widget.composer.waitFor()
  return { server, desk, widget }
}

/** Where it is noon now, so that no date and no midnight is near; and what clocks show there. */
function noon(): { readonly zone: string; readonly date: string; readonly inMinutes: (count: number) => string } {
  const ahead = 12 - new Date().getUTCHours()
  const local = (count: number): string => new Date(Date.now() + ahead * hourMs + count * 60_000).toISOString()
  // The names of these zones count the other way round.
  const zone = ahead === 0 ? 'Etc/UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
  return { zone, date: local(0).slice(0, 10), inMinutes: (count) => local(count).slice(11, 16) }
}

it('an owner sets hours in the console; when closing time comes, a page that stands open turns to the form with what is typed there', async () => {
  const { server, desk, widget } = await openShop()
  await widget.composer.fill('My lamp flickers since')
  const { zone, date, inMinutes } = noon()
  const closing = inMinutes(3)

  const { page } = desk
  await page.getByRole('button', { name: 'Sites' }).click()
  await page.getByRole('list', { name: 'Sites' }).getByRole('button').click()
  await page.getByRole('radio', { name: 'Open at certain times' }).check()
  await page.getByRole('combobox', { name: 'Time zone' }).fill(zone)
  await page.getByRole('button', { name: 'Add an exception' }).click()
  const today = page.getByRole('group', { name: 'Exception 1' })
  await today.getByLabel('Date').fill(date)
  await today.getByRole('button', { name: 'Add a time' }).click()
  await today.getByLabel('From').fill('09:00')
  await today.getByLabel('To', { exact: true }).fill('09:00')
  await page.getByRole('button', { name: 'Save the hours' }).click()
  await today.getByText('This time ends when it begins').waitFor()
  await expect.poll(() => today.getByLabel('From').evaluate((field) => field === document.activeElement)).toBe(true)
  await today.getByLabel('To', { exact: true }).fill(closing)
  const preview = page.getByRole('list', { name: 'What customers will see in the next two weeks' }).getByRole('listitem')
  await expect.poll(() => preview.first().innerText()).toMatch(/9:00–1[23]:\d\d\s+Holiday or exception/)
  expect(await preview.count()).toBe(14)
  await page.getByRole('button', { name: 'Save the hours' }).click()
  await page.getByText('Saved.').waitFor()
  expect(await widget.composer.inputValue()).toBe('My lamp flickers since')

  const question = widget.panel.getByRole('textbox', { name: 'Your question' })
  const becomesForm = async (): Promise<boolean> => {
    server.kill('SIGUSR2')
    return question.isVisible()
  }
  await expect.poll(becomesForm, { timeout: 45_000, interval: 200 }).toBe(true)
  expect(await question.inputValue()).toBe('My lamp flickers since')
  await widget.panel.getByText('We are closed now').waitFor()
  expect(widget.faults).toEqual([])
}, 90_000)

import { expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'

const scene = useScene()

it('an answer that comes while the panel is closed stands on the launcher of the next page, which fetches no panel for it', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget } = await scene.customer()
  await widget.open()
  await widget.send('Are you there?')
  await desk.conversations.getByText('Are you there?').waitFor()
  await desk.select('Are you there?')
  await widget.page.keyboard.press('Escape')
  await widget.panel.waitFor({ state: 'hidden' })

  const fetched: string[] = []
  widget.page.on('request', (request) => fetched.push(new URL(request.url()).pathname))
  await widget.page.reload()
  await desk.send('Yes, good morning')
  await widget.page.getByRole('button', { name: 'Chat with us, 1 unread message' }).waitFor()
  expect(fetched.filter((path) => path.includes('headless'))).toHaveLength(1)
  expect(fetched.filter((path) => path.includes('panel'))).toEqual([])
  expect(await widget.panel.count()).toBe(0)

  await widget.launcher.click()
  await widget.log.getByText('Yes, good morning').waitFor()
  await widget.page.getByRole('button', { name: 'Chat with us', exact: true }).waitFor()
  expect(widget.faults).toEqual([])
})

it('a panel that was open is open on the way back, with what was typed, and takes no focus, on a slow machine either', async () => {
  const { widget, context } = await scene.customer()
  await widget.open()
  await widget.panel.getByRole('textbox').last().fill('A question that nobody has sent')
  const machine = await context.newCDPSession(widget.page)
  await machine.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  // What is there to be focused when the panel is shown is a matter of milliseconds.
  for (const visit of ['first', 'second', 'third']) {
    await widget.page.goto(`${scene.host.url}/?${visit}`)
    await widget.panel.waitFor()
    expect(await widget.panel.getByRole('textbox').last().inputValue()).toBe('A question that nobody has sent')
    expect(await widget.page.evaluate(() => document.activeElement === document.body)).toBe(true)
  }
  await widget.page.keyboard.press('Escape')
})

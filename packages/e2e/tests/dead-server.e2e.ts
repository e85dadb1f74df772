import { afterEach, expect, it } from 'vitest'
import { articleWith, serveHost } from '../harness/host-page.js'
import { scriptTag, useScene } from '../harness/scene.js'
import { expectTexts } from '../models/widget.model.js'

const scene = useScene()
let shouldRestart = false
afterEach(async () => {
  if (shouldRestart) await scene.server.restart()
})

async function killServer(): Promise<void> {
  shouldRestart = true
  await scene.server.kill()
}

async function restartServer(): Promise<void> {
  shouldRestart = false
  await scene.server.restart()
}

it('the server is dead when the chat is opened for the first time: the text waits in sight and goes out when the server is back', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const shop = await serveHost({ '/': { html: articleWith(scriptTag(scene.server.url, 'data-site="demo" data-preload="idle"')) } })
  const { widget } = await scene.customer('phone', shop.url)
  await widget.launcher.and(widget.page.locator('[data-state="online"]')).waitFor()
  await widget.page.waitForLoadState('networkidle')

  await killServer()
  await widget.open()
  await widget.panel
    .getByText(/Connection lost|Connecting/)
    .first()
    .waitFor()
  await widget.send('Is anybody there?')
  await expectTexts(widget, ['Is anybody there?'])
  await widget.log.getByText('Sending', { exact: true }).waitFor()

  await restartServer()
  await widget.log.getByText(/^(Sent|Delivered)$/).waitFor()
  await desk.select('Is anybody there?')
  await expectTexts(desk, ['Is anybody there?'])
  await expectTexts(widget, ['Is anybody there?'])
  await shop.close()
})

it('where not even the code can be had the launcher stays, and opens the chat when the server is back', async () => {
  const { widget } = await scene.customer('desktop')
  await widget.launcher.waitFor()
  await widget.page.waitForLoadState('networkidle')
  await killServer()
  await widget.launcher.focus()
  await widget.page.keyboard.press('Enter')
  await expect.poll(() => widget.launcher.getAttribute('aria-busy'), { timeout: 20_000 }).toBe('false')
  expect(await widget.launcher.isVisible()).toBe(true)
  await restartServer()
  await widget.launcher.click()
  await widget.panel.waitFor()
})

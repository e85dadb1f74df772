import { expect, it } from 'vitest'
import { desktop, person } from '../harness/browser.js'
import { articleWith, serveHost } from '../harness/host-page.js'
import { scriptTag, useScene } from '../harness/scene.js'

const scene = useScene()

it('a page whose origin is not on the site’s list hears why it gets no connection, once, and is let go', async () => {
  const heard = `<script>
    window.heard = []
    ;(window.Porchlight ||= []).push(['on', 'error', ({ code, message }) => heard.push([code, message])])
  </script>`
  const shop = await serveHost({ '/': { html: articleWith(scriptTag(scene.server.url), heard) } })
  const page = await (await person(desktop)).newPage()
  const sockets: string[] = []
  page.on('websocket', (socket) => sockets.push(socket.url()))
  // The demo site takes every name of this machine but such ones.
  await page.goto(shop.url.replace('127.0.0.1', 'shop.localhost'))
  await page.getByRole('button', { name: 'Chat with us' }).click()
  await page.getByText('The chat cannot connect. Reload the page to try again.').first().waitFor()
  expect(await page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual([
    ['cors', 'site "demo": the origin is not on the list of the site']
  ])
  expect(sockets).toHaveLength(1)
  await page.context().close()
  await shop.close()
}, 60_000)

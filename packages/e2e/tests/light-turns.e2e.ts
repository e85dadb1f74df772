import { expect, it } from 'vitest'
import { desktop, person } from '../harness/browser.js'
import { useScene } from '../harness/scene.js'
import { storedThings } from '../harness/stored-things.js'
import { widgetOn } from '../models/widget.model.js'

const scene = useScene()

it('in a page that never opens the chat the light goes on and out again, for the script and the light alone', async () => {
  const context = await person(desktop)
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => request.url().startsWith(scene.server.url) && asked.push(new URL(request.url()).pathname))
  page.on('websocket', () => asked.push('a socket'))
  let loads = 0
  page.on('domcontentloaded', () => loads++)
  await page.clock.install()
  await page.goto(scene.host.url)
  const { launcher, faults } = widgetOn(page)

  /** Lets a minute pass in the page again and again, until the light says so. The answer is cacheable for ten real seconds. */
  const becomes = (state: string, words: string) =>
    expect
      .poll(
        async () => {
          await page.clock.fastForward(60_000)
          return { state: await launcher.getAttribute('data-state'), words: await launcher.getAttribute('title') }
        },
        { timeout: 45_000, interval: 500 }
      )
      .toEqual({ state, words })

  await becomes('offline', 'No agent is here at the moment')
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  await becomes('online', 'Agents are available now')
  await desk.setAvailable(false)
  await becomes('away', 'No agent is here at the moment')

  expect(asked.filter((path) => path === '/v1/porchlight.js')).toHaveLength(1)
  expect(asked.filter((path) => path === '/v1/sites/demo/light').length).toBeGreaterThanOrEqual(3)
  expect([...new Set(asked)].sort()).toEqual(['/v1/porchlight.js', '/v1/sites/demo/light'])
  expect(await page.evaluate(storedThings)).toEqual([])
  expect(await context.cookies()).toEqual([])
  expect(loads).toBe(1)
  expect(faults).toEqual([])
}, 120_000)

it('a server that stops answering without a word costs the light: what was online is no longer said to be', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const context = await person(desktop)
  const page = await context.newPage()
  await page.clock.install()
  await page.goto(scene.host.url)
  const { launcher, faults } = widgetOn(page)
  const look = async () => ({ isOnline: (await launcher.getAttribute('data-state')) === 'online', words: await launcher.getAttribute('title') })
  await expect.poll(look).toEqual({ isOnline: true, words: 'Agents are available now' })

  const isHanging = page.waitForRequest('**/v1/sites/demo/light*')
  await page.route('**/v1/sites/demo/light*', () => undefined)
  await page.clock.fastForward(60_000)
  await isHanging
  // The loader gives an answer ten seconds, which pass on the browser's own clock.
  await expect.poll(look, { timeout: 20_000 }).toEqual({ isOnline: false, words: '' })

  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.clock.fastForward(60_000)
  await expect.poll(look).toEqual({ isOnline: true, words: 'Agents are available now' })
  expect(faults).toEqual([])
  await context.close()
}, 90_000)

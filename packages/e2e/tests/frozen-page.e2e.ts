import type { BrowserContext, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { useScene } from '../harness/scene.js'
import { expectTexts, widgetOn } from '../models/widget.model.js'

declare global {
  interface Window {
    sleptMs?: number
  }
}

const scene = useScene()
const halfHourMs = 1_800_000

/** Stops everything in a page where it stands, as a browser does with one that nobody has looked at for long. Resolves to what ends it. */
async function freeze(page: Page): Promise<() => Promise<void>> {
  // Browsers freeze hidden pages only, and a page under test is never hidden; a debugger stops any.
  const debug = await page.context().newCDPSession(page)
  await debug.send('Debugger.enable')
  const stopped = new Promise((resolve) => debug.once('Debugger.paused', resolve))
  await debug.send('Debugger.pause')
  // It stops at the next thing that runs.
  void page.evaluate(() => setTimeout(() => undefined)).catch(() => undefined)
  await stopped
  return async () => {
    await debug.send('Debugger.resume')
    await debug.detach()
  }
}

/** Clocks of its pages are ahead by `sleptMs`. */
async function withClocksThatSleep(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const [now, monotonic] = [Date.now.bind(Date), performance.now.bind(performance)]
    Date.now = () => now() + (window.sleptMs ?? 0)
    performance.now = () => monotonic() + (window.sleptMs ?? 0)
  })
}

/** A page is looked at, or not. */
function show(page: Page, state: DocumentVisibilityState): Promise<void> {
  return page.evaluate((visibility) => {
    Object.defineProperty(document, 'visibilityState', { get: () => visibility, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}

it('T35: a hidden page that was frozen for half an hour, in which its server went and came back, connects once when it is looked at, and has everything', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget, context } = await scene.customer('desktop', 'about:blank')
  await withClocksThatSleep(context)
  const { page } = widget
  await page.goto(scene.host.url)
  await widget.open()
  await widget.send('Before the frost')
  await desk.select('Before the frost')
  await show(page, 'hidden')
  let sockets = 0
  const requests: string[] = []
  page.on('websocket', () => sockets++)
  page.on('request', (request) => requests.push(request.url()))
  const thaw = await freeze(page)
  await desk.send('In the frost')
  await scene.server.kill()
  await scene.server.restart()
  await desk.send('After the server came back')
  await expectTexts(desk, ['Before the frost', 'In the frost', 'After the server came back'])
  expect([sockets, requests]).toEqual([0, []])

  await thaw()
  await page.evaluate((sleptMs) => {
    window.sleptMs = sleptMs
  }, halfHourMs)
  await show(page, 'visible')
  await expectTexts(widget, ['Before the frost', 'In the frost', 'After the server came back'])
  await widget.send('Thawed')
  await expectTexts(desk, ['Before the frost', 'In the frost', 'After the server came back', 'Thawed'])
  // One socket, and no call beside it.
  expect([sockets, requests]).toEqual([1, []])
  expect(widget.faults).toEqual([])
})

it('T38: while a frozen tab holds the lock, a tab that is looked at sends what waits within 2 s of its connection', async () => {
  const { desk } = await scene.operator()
  await desk.setAvailable(true)
  const { widget, context } = await scene.customer()
  await widget.open()
  await widget.send('Before the frost')
  await desk.select('Before the frost')
  const other = await context.newPage()
  await other.goto(scene.host.url)
  await scene.server.kill()
  await widget.send('Waits')
  await widget.log.getByText('Waits', { exact: true }).waitFor()
  const lock = `porchlight:${new URL(scene.server.url).host}:demo:drain`
  await other.evaluate(
    (name) =>
      new Promise<void>((resolve) => {
        void navigator.locks.request(name, () => {
          resolve()
          return new Promise(() => undefined)
        })
      }),
    lock
  )
  await freeze(other)

  // Another page put it there now: those that come next take turns.
  const next = widgetOn(await context.newPage())
  let welcomedAt = 0
  let tookMs: number | undefined
  next.page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      if (String(payload).includes('"t":"welcome"')) welcomedAt = performance.now()
    })
    socket.on('framesent', ({ payload }) => {
      if (String(payload).includes('"text":"Waits"')) tookMs ??= performance.now() - welcomedAt
    })
  })
  await widget.page.close()
  await scene.server.restart()
  await next.page.goto(scene.host.url)
  await next.open()
  await expectTexts(next, ['Before the frost', 'Waits'])
  await expectTexts(desk, ['Before the frost', 'Waits'])
  // It did wait for its turn, or nothing would be tested.
  expect(tookMs).toBeGreaterThan(500)
  expect(tookMs).toBeLessThan(2_000)
})

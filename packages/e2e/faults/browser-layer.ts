import { porchlightAdapter } from '@porchlight/adapters/porchlight'
import { checkHistory, createHistory, type HistoryRecorder, type Joined, join } from '@porchlight/adapters/testing'
import { articleWith, type HostSite, serveHost } from '../harness/host-page.js'
import { chance } from '../harness/seed.js'
import { owner, type ServerProcess, startServer } from '../harness/server-process.js'
import { openTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js'
import { type WidgetModel, widgetOn } from '../models/widget.model.js'
import { type KillableBrowser, startKillableBrowser } from './killable-browser.js'
import { type LayerOptions, type LayerResult, pause, runLayer } from './layer.js'
import { type OwnerSession, signIn } from './owner-session.js'
import { createPageNetwork } from './page-network.js'
import { roomyLimits } from './roomy-limits.js'
import { rowsOf } from './rows.js'

const stepsARun = 8
const hourMs = 3_600_000
/** Longest wait until a page shows everything as sent: a connection that fell silent is given up after half a minute, and the page has to come back. */
const shownMs = 45_000

interface Stage {
  readonly server: ServerProcess
  readonly proxy: TcpProxy
  readonly shop: HostSite
  readonly browser: KillableBrowser
  readonly history: HistoryRecorder
  readonly draw: (end: number) => number
  readonly operator: Joined
  readonly owner: OwnerSession['call']
  widget: WidgetModel
}

/** A real page behind a way that breaks, in a browser that is reloaded in the moment of sending, goes offline and is killed; its clock is wrong by up to 5 h. */
export function runBrowserLayer(options: LayerOptions): Promise<LayerResult> {
  return runLayer(options, async (seed) => {
    const stage = await setStage(seed)
    try {
      for (let step = 1; step <= stepsARun; step++) await act(stage, `text ${step}`)
      await settle(stage)
      const history = stage.history.entries()
      return { steps: stepsARun, violations: checkHistory(history), history }
    } finally {
      await stage.browser.close()
      await stage.shop.close()
      stage.proxy.close()
      await stage.server.stop()
    }
  })
}

async function setStage(seed: number): Promise<Stage> {
  const draw = chance(seed)
  const server = await startServer({ PORCHLIGHT_LIMITS: JSON.stringify(roomyLimits) })
  const { call, ticketFor } = await signIn(server.url, owner, server.sessions.pop())
  await call('PUT', '/api/me/presence', { available: true })
  const adapter = porchlightAdapter({ server: server.url, site: 'demo', ...createPageNetwork({ origin: server.url }), credential: ticketFor('demo') })
  // While the operator is connected the widget offers the chat.
  const operator = await join(adapter)
  const proxy = await openTcpProxy(server.port, seed)
  const tag = `<script async src="http://127.0.0.1:${proxy.port}/v1/porchlight.js" data-site="demo"></script>`
  const shop = await serveHost({ '/': { html: articleWith(tag) } })
  const browser = await startKillableBrowser((draw(11) - 5) * hourMs)
  const history = createHistory()
  history.record('page', { type: 'joined', role: 'customer', device: 'ann' })
  return { server, proxy, shop, browser, history, draw, operator, owner: call, widget: await openWidget(browser, shop) }
}

/** A tab of the shop with the chat open. */
async function openWidget(browser: KillableBrowser, { url }: HostSite): Promise<WidgetModel> {
  const page = browser.context().pages()[0] ?? (await browser.context().newPage())
  const widget = widgetOn(page)
  await page.goto(url)
  await widget.open()
  await widget.composer.waitFor()
  return widget
}

/** Sends a text and does something to it meanwhile. */
async function act(stage: Stage, key: string): Promise<void> {
  const { browser, proxy, history, draw, shop } = stage
  const what = ['nothing', 'reload', 'offline', 'kill', 'reset', 'black hole'][draw(6)] as string
  history.record('run', { type: 'fault', name: what, detail: key })
  if (what === 'offline') await browser.context().setOffline(true)
  if (what === 'kill' || what === 'black hole') proxy.blackHole()
  await stage.widget.composer.fill(key)
  history.record('page', { type: 'composed', key })
  await stage.widget.composer.press('Enter')
  if (what === 'reset') proxy.cut()
  if (what === 'kill') {
    // The bubble stands as soon as the outbox has the text.
    await stage.widget.log.getByText(key, { exact: true }).waitFor()
    await pause(100)
    await browser.killAndRestart()
  } else await pause(draw(50))
  proxy.restore()
  await browser.context().setOffline(false)
  if (what === 'kill') stage.widget = await openWidget(browser, shop)
  else if (what === 'reload') {
    await stage.widget.page.reload()
    // It was open in this tab, so it opens by itself.
    await stage.widget.composer.waitFor()
  }
}

/** Waits until every text stands in the page as sent, and writes down what it shows and what is stored. */
async function settle({ widget, history, operator, owner: call }: Stage): Promise<void> {
  const until = performance.now() + shownMs
  while ((await widget.texts()).length < stepsARun && performance.now() < until) await pause(100)
  await widget.log.getByText('Sending', { exact: true }).first().waitFor({ state: 'detached', timeout: shownMs })
  const texts = await widget.texts()
  const { conversations } = (await call('GET', '/api/sites/demo/conversations')) as { readonly conversations: readonly { readonly c: string }[] }
  const [first] = conversations
  for (const { c } of conversations) history.record('server', { type: 'rows', c, epoch: 'the only one', rows: await rowsOf(operator, c) })
  const rows = first ? (await rowsOf(operator, first.c)).filter(({ key }) => key !== undefined) : []
  // The page shows no numbers: what it shows is compared by its words.
  const shown = texts.map((key, index) => ({ id: rows[index]?.key === key ? (rows[index]?.id ?? key) : key, seq: null, key, state: 'sent' as const }))
  history.record('page', { type: 'view', c: first?.c ?? '', bubbles: shown, have: Math.max(0, ...rows.map(({ seq }) => seq)) })
  operator.leave()
}

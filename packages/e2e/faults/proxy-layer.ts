import { checkHistory, createHistory, type HistoryRecorder, join } from '@porchlight/adapters/testing'
import { memoryEnv } from '@porchlight/core/testing'
import { chance } from '../harness/seed.js'
import { openTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js'
import { type PorchlightWorld, startPorchlightWorld } from '../test/porchlight-world.js'
import { type Customer, type CustomerPage, openCustomer } from './customer.js'
import { type FastClock, fastClock } from './fast-clock.js'
import { becomes, type LayerOptions, type LayerResult, pause, runLayer } from './layer.js'
import { type Operator, openOperator } from './operator.js'
import { createPageNetwork } from './page-network.js'
import { rowsOf } from './rows.js'
import { wayFaults } from './way-faults.js'

const stepsARun = 60
/** Half a minute of silence is a second and a half. */
const speed = 20
/** What the checker grants after the last fault, on the run's own clock. */
const settleMs = 35_000
const site = 'shop'

/** A server, two customers and an operator, each behind a way of their own. */
interface Stage {
  readonly world: PorchlightWorld
  readonly clock: FastClock
  readonly history: HistoryRecorder
  readonly draw: (end: number) => number
  readonly customers: readonly Customer[]
  readonly operator: Operator
  /** When the faults of now are over. */
  readonly endings: Set<NodeJS.Timeout>
  readonly ways: readonly { readonly name: string; readonly proxy: TcpProxy }[]
}

/** Real sockets and HTTP through proxies that break at random, against a real server; the clocks of both sides run ahead. */
export function runProxyLayer(options: LayerOptions): Promise<LayerResult> {
  return runLayer(options, async (seed) => {
    const stage = await setStage(seed)
    try {
      let steps = 0
      for (; steps < stepsARun; steps++) {
        await step(stage, steps)
        await pause(stage.draw(25))
      }
      await settle(stage)
      const history = stage.history.entries()
      return { steps, violations: checkHistory(history), history }
    } finally {
      await strike(stage)
    }
  })
}

async function setStage(seed: number): Promise<Stage> {
  const clock = fastClock(speed)
  const world = await startPorchlightWorld({ clock })
  const history = createHistory(clock.now)
  const draw = chance(seed)
  await world.makeSite(site)
  await world.setAvailable(true)

  const way = async (name: string, number: number) => ({ name, proxy: await openTcpProxy(world.port, seed * 10 + number) })
  const ways = [await way('ann', 1), await way('bob', 2), await way('olive', 3)] as const
  const customers = await Promise.all(
    [ways[0], ways[1]].map(({ name, proxy: { port } }) =>
      openCustomer({
        name,
        history,
        env: memoryEnv({ clock }),
        network: () => createPageNetwork({ origin: 'http://localhost:8080', speed }),
        adapter: (network) => world.visitor(site, { port, network })
      })
    )
  )
  const network = createPageNetwork({ origin: `http://127.0.0.1:${ways[2].proxy.port}`, speed })
  const adapter = world.operator(site, { port: ways[2].proxy.port, network })
  const operator = openOperator({ name: 'olive', history, env: memoryEnv({ clock }), network, adapter })
  return { world, clock, history, draw, customers, operator, ways, endings: new Set() }
}

/** One thing that somebody does, or that happens to somebody. */
async function step(stage: Stage, number: number): Promise<void> {
  const { draw, customers, operator } = stage
  const pick = <T>(among: readonly T[]): T => among[draw(among.length)] as T
  const customer = pick(customers)
  const page = pick(customer.pages())
  const what = draw(100)
  if (what < 40) say(page, `${customer.name} ${number}`)
  else if (what < 44) for (let part = 1; part <= 5; part++) say(page, `${customer.name} ${number}.${part}`)
  else if (what < 60) {
    const c = page.chat.$conversation.get()?.c
    if (c?.startsWith('c_')) void operator.say(c, `olive ${number}`)
  } else if (what < 85) breakWay(stage)
  else if (what < 90) await customer.reload(page)
  else if (what < 93 && customer.pages().length < 3) await customer.openTab()
  else if (what < 97) blink(stage, page)
  else if (what < 99) page.network.blockSockets(draw(2) === 0)
  else await restart(stage)
}

function say(page: CustomerPage, text: string): void {
  void page.say(text)
}

/** Breaks somebody's way in some manner for up to 12 s of the run's time; now and then long enough for a heartbeat to notice. */
function breakWay({ draw, ways, history, endings }: Stage): void {
  const { name, proxy } = ways[draw(ways.length)] as Stage['ways'][number]
  const fault = wayFaults[draw(wayFaults.length)] as (typeof wayFaults)[number]
  history.record(name, { type: 'fault', name: fault.name })
  fault.begin(proxy)
  const durationMs = draw(5) === 0 ? 1_600 : draw(600)
  endings.add(setTimeout(proxy.restore, durationMs))
}

/** The server lets everybody go and is there again. */
async function restart({ world, history }: Stage): Promise<void> {
  history.record('server', { type: 'fault', name: 'restart' })
  await world.restart()
}

/** The device loses its network for a moment, and says so. */
function blink({ history, draw, endings }: Stage, page: CustomerPage): void {
  history.record(page.party, { type: 'fault', name: 'offline' })
  page.env.setOnline(false)
  endings.add(setTimeout(() => page.env.setOnline(true), draw(300)))
}

/** Mends everything, and waits until nothing is on its way; then everybody's last view and what is stored are written down. */
async function settle(stage: Stage): Promise<void> {
  const { world, clock, history, customers, operator, ways, endings } = stage
  for (const ending of endings) clearTimeout(ending)
  for (const { proxy } of ways) proxy.restore()
  const pages = customers.flatMap((customer) => customer.pages())
  for (const page of pages) {
    page.network.blockSockets(false)
    page.env.setOnline(true)
  }
  history.record('run', { type: 'fault', name: 'the last one is over' })
  const until = clock.now() + settleMs
  const reader = await join(world.operator(site, readerAt(world.port)))
  const read = (c: string) => rowsOf(reader, c)
  // What is shown, not what the outbox counts: that holds refused texts too, and another tab's until this one looks.
  const waits = () => [...pages.flatMap(({ chat }) => chat.$messages.get()), ...operator.logs().flatMap((log) => log.$pending.get())]
  await becomes(() => waits().every(({ state }) => state !== 'pending'))
  // Two tabs that begin at once make two conversations, of which a customer's pages show the newer one in the end: the operator has both.
  const shown = pages.flatMap(({ chat }) => chat.$conversation.get()?.c ?? [])
  const conversations = [...new Set([...shown, ...operator.logs().map(({ c }) => c)])].filter((c) => c.startsWith('c_'))
  const heads = new Map<string, number>()
  for (const c of conversations) heads.set(c, (await read(c)).at(-1)?.seq ?? 0)
  await becomes(
    () => clock.now() >= until && pages.every(({ chat }) => headOf(chat.$messages.get()) >= (heads.get(chat.$conversation.get()?.c ?? '') ?? 0))
  )
  for (const c of conversations) history.record('server', { type: 'rows', c, epoch: 'the only one', rows: await read(c) })
  reader.leave()
  history.record('run', { type: 'settled' })
}

const readerAt = (port: number) => ({ port, network: createPageNetwork({ origin: `http://127.0.0.1:${port}` }) })
const headOf = (messages: readonly { readonly order: number; readonly state: string }[]): number =>
  Math.max(0, ...messages.filter(({ state }) => state !== 'pending' && state !== 'failed').map(({ order }) => order))

async function strike({ world, customers, operator, ways }: Stage): Promise<void> {
  for (const customer of customers) customer.close()
  operator.close()
  for (const { proxy } of ways) proxy.close()
  await world.stop()
}

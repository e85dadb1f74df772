import { porchlightAdapter } from '@porchlight/adapters/porchlight'
import { checkHistory, createHistory, type HistoryRecorder, type Joined, join } from '@porchlight/adapters/testing'
import type { ConversationRow, OperatorPresence } from '@porchlight/protocol'
import { chance } from '../harness/seed.js'
import { openTcpProxy } from '../harness/tcp-proxy.js'
import { type PorchlightWorld, startPorchlightWorld } from '../test/porchlight-world.js'
import { type Desk, openDesk } from './desk.js'
import { hearing } from './hearing.js'
import { customerEvents, deskEvents, type HomeEvent } from './home-events.js'
import type { LayerOptions, LayerResult } from './layer.js'
import { runLayer } from './layer.js'
import { createPageNetwork } from './page-network.js'
import { type SteadyClock, steadyClock } from './steady-clock.js'
import { openWatcher, type Watcher } from './watcher.js'

const site = 'shop'
/** Half a minute takes less than a second. */
const speed = 40
const stepsARun = 36
/** How often it is looked at what customers are shown … */
const lookMs = 1_000
/** … and the light is asked. */
const lightMs = 5_000

/** A server, operators with consoles, customers with the chat open, and somebody who sees all of it from inside. */
interface Stage {
  readonly world: PorchlightWorld
  readonly clock: SteadyClock
  readonly history: HistoryRecorder
  readonly draw: (end: number) => number
  readonly desks: readonly Desk[]
  readonly customers: readonly Watcher[]
  readonly observer: Joined
  /** Who is in the middle of something. */
  readonly busy: Map<string, Promise<unknown>>
}

/** Who is home, on a real server: operators reload, flap, sleep, are killed, go away and sign out, and customers watch the light. */
export function runHomesLayer(options: LayerOptions): Promise<LayerResult> {
  return runLayer(options, async (seed) => {
    const stage = await setStage(seed)
    const { clock, draw, history } = stage
    const stopLooking = startLooking(stage)
    try {
      let steps = 0
      // What is wrong shows at once: a run that has failed is not made longer.
      for (; steps < stepsARun && checkHistory(history.entries()).length === 0; steps++) {
        takeStep(stage)
        await clock.pass(draw(8_000))
      }
      if (steps === stepsARun) await Promise.all(stage.busy.values())
      // As long as somebody may be seen who is gone.
      if (steps === stepsARun) await clock.pass(45_000)
      return { steps, violations: checkHistory(history.entries()), history: history.entries() }
    } finally {
      stopLooking()
      await strike(stage)
    }
  })
}

async function setStage(seed: number): Promise<Stage> {
  const clock = steadyClock(speed)
  const world = await startPorchlightWorld({ clock })
  const history = createHistory(clock.now)
  await world.makeSite(site)
  const desks: Desk[] = []
  for (const [index, name] of ['ben', 'cleo'].entries()) {
    const proxy = await openTcpProxy(world.port, seed * 10 + index)
    desks.push(await openDesk({ name, site, account: await world.addOperator(site, name), port: world.port, proxy, clock, history }))
  }
  const customers: Watcher[] = []
  for (const [index, name] of ['ann', 'bea'].entries()) {
    customers.push(openWatcher({ name, site, proxy: await openTcpProxy(world.port, seed * 10 + 5 + index), clock, history }))
  }
  const observer = await observe({ world, history, desks, customers })
  for (const desk of desks) desk.open()
  await desks[0]?.setAvailable(true)
  return { world, clock, history, draw: chance(seed), desks, customers, observer, busy: new Map() }
}

/** A colleague whose way is never broken: he hears who comes and goes, and who has which chat. */
async function observe({ world, history, desks, customers }: Pick<Stage, 'world' | 'history' | 'desks' | 'customers'>): Promise<Joined> {
  const network = createPageNetwork({ origin: `http://127.0.0.1:${world.port}` })
  const plain = world.operator(site, { port: world.port, network })
  const serving = new Map<string, string>()
  const isShown = new Map<string, boolean>()

  const noteChat = ({ c, chat, state, assignee }: ConversationRow) => {
    const customer = customers.find((known) => known.c() === c)
    const now = chat && state === 'open' ? assignee?.name : undefined
    const before = serving.get(c)
    if (!customer || now === before) return
    if (before) history.record('server', { type: 'serves', operator: before, of: customer.name, isServing: false })
    if (now) history.record('server', { type: 'serves', operator: now, of: customer.name, isServing: true })
    if (now) serving.set(c, now)
    else serving.delete(c)
  }
  const notePresence = ({ name, available, live }: OperatorPresence, decidedAt: number) => {
    const desk = desks.find((known) => known.name === name)
    if (!desk) return
    // Whoever is hidden because he came and went too often is told of as gone again when he uses his switch: only an end is an end.
    const generation = isShown.get(name) && !live ? desk.olderGeneration(decidedAt) : undefined
    if (generation !== undefined) history.record('server', { type: 'effect', client: name, generation, on: 'presence' })
    isShown.set(name, live)
    history.record('observer', { type: 'presence', operator: name, state: live ? (available ? 'online' : 'away') : 'offline', decidedAt })
  }
  const observer = await join(
    hearing(plain, (event) => {
      if (event.type !== 'message') return
      if (event.message.k === 'presence.changed') notePresence(event.message.body as never, event.message.at)
      if (event.message.k === 'conversation.changed') noteChat(event.message.body as never)
    })
  )
  await observer.session.history({ c: `inbox:${site}`, limit: 1, subscribe: true })
  return observer
}

/** Customers look at the light all the time, and somebody without a chat asks for it. */
function startLooking({ clock, world, history, customers }: Stage): () => void {
  let isOver = false
  const every = (periodMs: number, act: () => void) => {
    const again = () => {
      if (isOver) return
      act()
      clock.setTimer(again, periodMs)
    }
    again()
  }
  every(lookMs, () => {
    for (const customer of customers) customer.look()
  })
  const passer = porchlightAdapter({ server: `http://127.0.0.1:${world.port}`, site, WebSocket: null })
  every(lightMs, () => {
    void passer.light?.(new AbortController().signal).then(
      ({ state, rev }) => isOver || history.record('passer-by', { type: 'availability', state, rev }),
      () => undefined
    )
  })
  return () => {
    isOver = true
  }
}

/** Something happens to somebody who is not in the middle of something else. */
function takeStep(stage: Stage): void {
  const { draw, busy, desks, customers, history } = stage
  const pick = <T>(among: readonly T[]): T => among[draw(among.length)] as T
  const isDesk = draw(10) < 7
  const who = isDesk ? pick(desks) : pick(customers)
  const event = (isDesk ? pick(deskEvents) : pick(customerEvents)) as HomeEvent<Desk | Watcher>
  if (busy.has(who.name)) return
  history.record(who.name, { type: 'fault', name: event.name })
  const done = event.happen(who, { ...stage, pass: stage.clock.pass }).finally(() => busy.delete(who.name))
  busy.set(who.name, done)
}

async function strike({ world, clock, desks, customers, observer }: Stage): Promise<void> {
  observer.leave()
  for (const party of [...desks, ...customers]) {
    party.close()
    party.proxy.close()
  }
  await world.stop()
  clock.stop()
}

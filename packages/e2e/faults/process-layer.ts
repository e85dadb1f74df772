import { porchlightAdapter } from '@porchlight/adapters/porchlight'
import { checkHistory, createHistory, type HistoryRecorder, join } from '@porchlight/adapters/testing'
import { memoryEnv } from '@porchlight/core/testing'
import type { ProcessEnd } from '../harness/run-process.js'
import { chance } from '../harness/seed.js'
import { owner, type ServerProcess, startServer } from '../harness/server-process.js'
import { type Customer, openCustomer } from './customer.js'
import { databaseFaults } from './database-faults.js'
import { becomes, type LayerOptions, type LayerResult, pause, runLayer } from './layer.js'
import { type Operator, openOperator } from './operator.js'
import { signIn } from './owner-session.js'
import { createPageNetwork } from './page-network.js'
import { roomyLimits } from './roomy-limits.js'
import { rowsOf } from './rows.js'
import { type SteadyClock, steadyClock } from './steady-clock.js'

/** Moments of the server's work at which it is killed. */
export const killPoints = ['beforeCommit', 'afterCommitBeforeAck', 'afterAckBeforeFanout', 'duringCheckpoint'] as const

const site = 'demo'
const preload = new URL('./kill-points.mjs', import.meta.url).pathname
const settleMs = 35_000
/** Who found no way by sockets while the server started asks for one again after a minute, then after five, and five more. */
const outlivedMs = 900_000

/** A server process, two customers and an operator who outlive it. */
interface Stage {
  readonly server: ServerProcess
  readonly clock: SteadyClock
  readonly history: HistoryRecorder
  readonly draw: (end: number) => number
  readonly customers: readonly Customer[]
  readonly operator: Operator
}

/** A real server process that is killed at each point of its work, once a run and in any order, and its clients who go on. */
export function runProcessLayer(options: LayerOptions): Promise<LayerResult> {
  return runLayer(options, async (seed) => {
    const stage = await setStage(seed)
    try {
      let steps = 0
      for (const point of shuffled(killPoints, stage.draw)) steps += await workUntilKilled(stage, point)
      await stage.server.restart()
      await settle(stage)
      await stage.server.kill()
      const history = stage.history.entries()
      return { steps, violations: [...checkHistory(history), ...databaseFaults(stage.server.data)], history }
    } finally {
      for (const customer of stage.customers) customer.close()
      stage.operator.close()
      stage.clock.stop()
      await stage.server.stop()
    }
  })
}

async function setStage(seed: number): Promise<Stage> {
  const server = await startServer({ PORCHLIGHT_LIMITS: JSON.stringify(roomyLimits) })
  const { call, ticketFor } = await signIn(server.url, owner, server.sessions.pop())
  await call('PUT', '/api/me/presence', { available: true })
  // The clients' clocks run ahead, so that they come back at once, and stand while the machine is busy; the server's does not.
  const clock = steadyClock(20)
  const history = createHistory(clock.now)
  const network = createPageNetwork({ origin: server.url })
  const adapter = porchlightAdapter({ server: server.url, site, ...network, credential: ticketFor(site) })
  const operator = openOperator({ name: 'olive', history, env: memoryEnv({ clock }), network, adapter })
  const customers = await Promise.all(
    ['ann', 'bob'].map((name) =>
      openCustomer({
        name,
        history,
        env: memoryEnv({ clock }),
        network: () => createPageNetwork({ origin: 'http://localhost:8080' }),
        adapter: (own) => porchlightAdapter({ server: server.url, site, ...own })
      })
    )
  )
  for (const customer of customers) await customer.pages()[0]?.say(`${customer.name} begins`)
  await becomes(() => customers.every((customer) => conversationOf(customer) !== undefined))
  return { server, clock, history, draw: chance(seed), customers, operator }
}

/** The network is back, as everybody's device says: nobody waits for his backoff. */
function wake(customers: readonly Customer[], operator: Operator): void {
  for (const { env } of [...customers.flatMap((customer) => customer.pages()), operator]) env.setOnline(true)
}

function conversationOf({ pages }: Customer): string | undefined {
  const c = pages()[0]?.chat.$conversation.get()?.c
  return c?.startsWith('c_') ? c : undefined
}

/** Starts the server armed, and lets everybody write until it is dead. Answers how many texts that took. */
async function workUntilKilled({ server, clock, history, draw, customers, operator }: Stage, point: string): Promise<number> {
  await server.kill()
  const arming = `${point}:${1 + draw(8)}:${draw(1_500)}`
  history.record('server', { type: 'fault', name: 'armed', detail: arming })
  await server.restart({ preload, environment: { KILL_POINT: arming } })
  wake(customers, operator)
  let death: ProcessEnd | undefined
  void server.running().ended.then((end) => {
    death = end
  })
  const until = clock.now() + outlivedMs
  for (let count = 1; ; count++) {
    const writer = draw(3)
    const customer = customers[writer]
    const text = `${customer?.name ?? 'olive'}, ${point} ${count}`
    const c = conversationOf(customers[draw(2)] as Customer)
    if (customer) await customer.pages()[0]?.say(text)
    else if (c !== undefined) await operator.say(c, text)
    if (death) {
      if (death.signal !== 'SIGKILL') throw new Error(`the server ended by itself under ${arming}: ${death.stderr}`)
      return count
    }
    if (clock.now() > until) throw new Error(`the server outlived ${arming}`)
    await pause(draw(50))
  }
}

/** Waits until nothing is on its way; then everybody's last view and what is stored are written down. */
async function settle({ server, clock, history, customers, operator }: Stage): Promise<void> {
  const until = clock.now() + settleMs
  const pages = customers.flatMap((customer) => customer.pages())
  wake(customers, operator)
  const waits = () => [...pages.flatMap(({ chat }) => chat.$messages.get()), ...operator.logs().flatMap((log) => log.$pending.get())]
  await becomes(() => waits().every(({ state }) => state !== 'pending'))
  await becomes(() => clock.now() >= until)
  const network = createPageNetwork({ origin: server.url })
  const { ticketFor } = await signIn(server.url, owner, server.sessions.pop())
  const reader = await join(porchlightAdapter({ server: server.url, site, ...network, credential: ticketFor(site) }))
  for (const customer of customers) {
    const c = conversationOf(customer)
    if (c !== undefined) history.record('server', { type: 'rows', c, epoch: 'the only one', rows: await rowsOf(reader, c) })
  }
  reader.leave()
  history.record('run', { type: 'settled' })
}

function shuffled<T>(all: readonly T[], draw: (end: number) => number): readonly T[] {
  const left = [...all]
  return all.flatMap(() => left.splice(draw(left.length), 1))
}

import { porchlightAdapter } from '@porchlight/adapters/porchlight'
import type { Violation } from '@porchlight/adapters/testing'
import { fastClock } from '../faults/fast-clock.js'
import { becomes, pause } from '../faults/layer.js'
import { signIn } from '../faults/owner-session.js'
import { createPageNetwork } from '../faults/page-network.js'
import { chance } from '../harness/seed.js'
import { openTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js'
import { createCrowdFaults } from './crowd-faults.js'
import { type EndedVisit, judgeVisits } from './judge-visits.js'
import { beginShift, type Shift } from './shift.js'
import { beginVisit, type Visit } from './visit.js'

/** What a crowd is made of. */
export interface CrowdOptions {
  /** Begins the names of its people. */
  readonly name: string
  readonly port: number
  readonly owner: { readonly email: string; readonly password: string }
  readonly size: number
  readonly seed: number
  /** How often a second of theirs fits into one of the machine's. */
  readonly speed: number
  /** Where their histories are written. */
  readonly folder: string
}

/** What a crowd has done, and what was wrong with it. */
export interface CrowdReport {
  readonly messages: number
  readonly visits: number
  readonly violations: readonly Violation[]
}

/** Customers who come, write, are answered and go, and the operators who answer them, all behind ways that break. */
export interface Crowd {
  /** Does something to somebody; what, follows from the number. Answers its name. */
  readonly strike: (number: number) => string
  /** Mends everything; nobody writes any more. Resolves when nothing is on its way, or when that takes longer than it may. */
  readonly settle: () => Promise<void>
  /** Reads what is stored, and judges everything that anybody saw. */
  readonly judge: () => Promise<CrowdReport>
  readonly close: () => void
}

const site = 'demo'
const settleMs = 35_000
/** Customers who share a way, as an office does. */
const customersOfAWay = 5
/** Customers whom one operator answers; what more than one person writes, more than one outbox has to hold. */
const customersOfADesk = 10
const shiftMs = 90_000
const textsMin = 6

/** Opens a crowd in this process. */
export async function openCrowd({ name, port, owner, size, seed, speed, folder }: CrowdOptions): Promise<Crowd> {
  const clock = fastClock(speed)
  const draw = chance(seed)
  const url = `http://127.0.0.1:${port}`
  const { call, ticketFor } = await signIn(url, owner)
  const ways: TcpProxy[] = []
  while (ways.length <= Math.ceil(size / customersOfAWay)) ways.push(await openTcpProxy(port, seed + ways.length))
  const current = new Map<number, Visit>()
  const ended: EndedVisit[] = []
  let isOver = false
  let shiftCount = 0
  let messages = 0

  const server = (way: number) => `http://127.0.0.1:${(ways[way] as TcpProxy).port}`
  function nextShift(): Shift {
    const network = createPageNetwork({ origin: server(0), speed })
    const adapter = porchlightAdapter({ server: server(0), site, ...network, credential: ticketFor(site) })
    return beginShift({ name: `${name}-olive-${++shiftCount}`, clock, network, adapter })
  }
  const desks = Array.from({ length: Math.ceil(size / customersOfADesk) }, nextShift)
  const deskOf = (place: number) => Math.floor(place / customersOfADesk)

  async function changeShifts(desk: number): Promise<void> {
    while (!isOver) {
      await pause((shiftMs + draw(shiftMs)) / speed)
      if (isOver || !desks[desk]?.isQuiet()) continue
      desks[desk]?.end()
      desks[desk] = nextShift()
    }
  }

  /** One customer after the other, in one place. */
  async function live(place: number): Promise<void> {
    const way = 1 + Math.floor(place / customersOfAWay)
    for (let number = 1; !isOver; number++) {
      const visit = await beginVisit({
        ...{ name: `${name}-${place}-${number}`, folder, clock },
        network: () => createPageNetwork({ origin: 'http://localhost:8080', speed }),
        adapter: (network) => porchlightAdapter({ server: server(way), site, ...network })
      })
      current.set(place, visit)
      await talk(visit, deskOf(place))
      if (isOver) return
      await end(place, visit)
    }
  }

  async function talk(visit: Visit, desk: number): Promise<void> {
    const texts = textsMin + draw(10)
    for (let text = 0; text < texts && !isOver; text++) {
      for (let burst = draw(10) === 0 ? 4 : 1; burst > 0; burst--, messages++) visit.say(pick(visit.customer.pages()))
      await pause((1_000 + draw(4_000)) / speed)
      if (isOver || draw(3) === 0 || visit.conversation() === undefined) continue
      desks[desk]?.answer(visit)
      messages++
    }
    while (!isOver && !(visit.isQuiet() && visit.conversation() !== undefined)) await pause(1_000 / speed)
  }

  async function end(place: number, visit: Visit): Promise<void> {
    current.delete(place)
    desks[deskOf(place)]?.forget(visit)
    for (const page of visit.customer.pages()) page.kill()
    await visit.history.close()
    const c = visit.conversation()
    ended.push({ path: visit.history.path, c })
    // A server knows by heart who is in a chat; one that nobody ends would look like a leak. It may be away just now.
    await call('PATCH', `/api/sites/${site}/conversations/${c}`, { state: 'closed' }).catch(() => undefined)
  }

  const pick = <T>(among: readonly T[]): T => among[draw(among.length)] as T
  const faults = createCrowdFaults({ ways, visits: () => [...current.values()], speed })
  const lives = Array.from({ length: size }, (_, place) => live(place))
  // A life that goes wrong makes the run go wrong, when it is judged. A shift is in the middle of its day then.
  let isBroken: Promise<void> = new Promise(() => undefined)
  const shifts = desks.map((_, desk) => changeShifts(desk))
  for (const each of [...lives, ...shifts])
    each.catch((error: unknown) => {
      isBroken = Promise.reject(error)
      isBroken.catch(() => undefined)
    })

  return {
    strike: (number) => faults.strike(number),
    settle: async () => {
      isOver = true
      const visits = () => [...current.values()]
      faults.mend()
      for (const { history } of visits()) history.record('run', { type: 'fault', name: 'the last one is over' })
      const until = clock.now() + settleMs
      // Where clocks run ahead, the adapter's own waits, such as the second between two polls, are many of theirs.
      const patienceMs = speed === 1 ? settleMs + 1_000 : settleMs
      const isQuiet = () => desks.every((desk) => desk.isQuiet()) && visits().every((visit) => visit.isQuiet())
      await becomes(
        () => clock.now() >= until && isQuiet() && [...current].every(([place, visit]) => isLevel(visit, desks[deskOf(place)])),
        patienceMs
      )
    },
    judge: async () => {
      await Promise.race([Promise.all(lives), isBroken])
      for (const visit of current.values()) {
        visit.history.record('run', { type: 'settled' })
        await visit.history.close()
        ended.push({ path: visit.history.path, c: visit.conversation() })
      }
      const network = createPageNetwork({ origin: url })
      const adapter = porchlightAdapter({ server: url, site, ...network, credential: ticketFor(site) })
      return { messages, visits: ended.length, violations: await judgeVisits(ended, { adapter, now: clock.now }) }
    },
    close: () => {
      for (const { customer } of current.values()) customer.close()
      for (const desk of desks) desk.end()
      for (const way of ways) way.close()
    }
  }
}

/** Whether each page of a visit holds what any of them and its operator hold. */
function isLevel(visit: Visit, desk: Shift | undefined): boolean {
  const heads = visit.heads()
  const newest = Math.max(...heads, desk?.headOf(visit) ?? 0)
  return heads.every((head) => head >= newest)
}

import fc from 'fast-check'
import type { Direction } from '../../src/testing/index.js'
import type { Console } from './console.js'
import type { Browser, Page } from './page.js'
import type { World } from './world.js'

type ActName =
  | 'send'
  | 'sendMany'
  | 'sendRefused'
  | 'flood'
  | 'sendLong'
  | 'type'
  | 'leaveRequest'
  | 'markRead'
  | 'loadOlder'
  | 'newTab'
  | 'reply'
  | 'operatorReads'
  | 'toggle'
  | 'closeChat'
  | 'wait'
  | 'waitLong'

type FaultName =
  | 'reload'
  | 'close'
  | 'hide'
  | 'show'
  | 'leave'
  | 'comeBack'
  | 'offline'
  | 'online'
  | 'reset'
  | 'cut'
  | 'hole'
  | 'part'
  | 'badNetwork'
  | 'lossyNetwork'
  | 'goodNetwork'
  | 'reloadConsole'
  | 'kill'
  | 'start'
  | 'backUp'
  | 'restore'
  | 'limit'
  | 'turnAway'
  | 'skew'
  | 'jumpClock'
  | 'denyStorage'
  | 'fillDisk'
  | 'noRoom'
  | 'mendStorage'
  | 'sleep'

/** What can happen. */
export type StepName = ActName | FaultName

/** What happens, and two numbers that say to whom and how much. */
export type Step = readonly [name: StepName, who: number, what: number]

type Run = (world: World, who: number, what: number) => void | Promise<void>

/** What customers and operators do, and time. */
const acts: Readonly<Record<ActName, Run>> = {
  send: withPage((world, page) => world.send(page)),
  sendMany: withPage((world, page, what) => {
    for (let left = (what % 12) + 1; left > 0; left--) world.send(page)
  }),
  sendRefused: withPage((world, page) => world.send(page, { mark: '!' })),
  flood: withPage(async (world, page, what) => {
    goOffline(page)
    // As fast as it goes, and not all in the same millisecond.
    for (let left = (what % 180) + 60; left > 0; left -= floodStep) {
      for (let count = 0; count < floodStep; count++) world.send(page)
      await world.pass(floodMs)
    }
  }),
  sendLong: withPage((world, page, what) => {
    goOffline(page)
    for (let left = (what % 40) + 1; left > 0; left--) world.send(page, { isLong: true })
  }),
  type: withPage((world, page) => world.type(page)),
  leaveRequest: withPage((world, page) => world.leaveRequest(page)),
  markRead: withPage((_, page) => page.chat.markRead()),
  loadOlder: withPage((_, page) => void page.chat.loadOlder()),
  newTab: (world, who) => {
    const browser = pick(world.browsers, who)
    if (!browser || world.pages.filter((page) => page.browser === browser).length > 3) return
    world.newPage(browser)
    return world.pass(loadMs)
  },
  reply: withConsole((world, console, what) => {
    const log = pick(world.server.backend.logs(), what)
    if (log) world.reply(console, log.c)
  }),
  operatorReads: withConsole((world, console, what) => {
    const log = pick(world.server.backend.logs(), what)
    const last = log && console.log(log.c).$messages.get().at(-1)
    if (log && last) console.log(log.c).markRead(last.order)
  }),
  toggle: withConsole((world, { operator }) => world.server.setAvailable(operator, !operator.isAvailable())),
  closeChat: withConsole((world, { operator }, what) => {
    const log = pick(world.server.backend.logs(), what)
    if (log) operator.close(log.c)
  }),
  wait: (world, _, what) => world.pass(what % 3_000),
  waitLong: (world, _, what) => world.pass((what % 120) * 1_000)
}

/** What goes wrong. */
const faults: Readonly<Record<FaultName, Run>> = {
  reload: withPage((world, page) => {
    world.reload(page)
    return world.pass(loadMs)
  }),
  close: withPage((world, page) => world.close(page)),
  hide: withPage((_, { env }) => env.setVisible(false)),
  show: withPage((_, { env }) => env.setVisible(true)),
  leave: withPage((_, { env }) => env.leave()),
  comeBack: withPage((_, { env }) => env.comeBack()),
  offline: withPage((_, page) => goOffline(page)),
  online: withPage((_, { env, link }) => {
    link.part(false)
    env.setOnline(true)
  }),
  reset: withPage((world, page) => world.reset(page)),
  cut: withLink((_, { link }) => link.cut()),
  hole: withLink((_, { link }, what) => link.blackHole(directions[what % directions.length] ?? 'both')),
  part: withLink((_, { link }, what) => link.part(what % 2 === 0)),
  badNetwork: (world, who, what) => world.setConditions({ refuse: (who % 3) / 10, cut: (what % 3) / 50, repeat: 0.1, delayMs: 20 + (what % 500) }),
  lossyNetwork: (world) => world.setConditions({ lose: 0.1 }),
  goodNetwork: (world) => world.setConditions({ refuse: 0, cut: 0, repeat: 0, lose: 0, delayMs: 20 }),
  reloadConsole: withConsole((world, console) => {
    world.reloadConsole(console)
    return world.pass(loadMs)
  }),
  kill: (world, who) => {
    world.server.kill()
    // What the dead server's machine had sent may still arrive, or not.
    for (const { link } of [...world.pages, ...world.consoles]) if (who % 2 === 0) link.cut()
  },
  start: (world) => world.server.start(),
  backUp: (world) => world.server.backUp(),
  restore: async (world) => {
    world.server.kill()
    await world.pass(restoreMs)
    world.server.restore()
  },
  limit: (world, _, what) => world.server.limit((what % 4) + 1),
  turnAway: async (world, who, what) => {
    world.server.turnAway(who % 2 === 0 ? 'drops' : 'refuses', turnedMs + what)
    for (const { link } of [...world.pages, ...world.consoles]) link.cut()
    await world.pass(turnedMs)
  },
  skew: (world, who, what) => {
    const browser = pick(world.browsers, who)
    if (browser) browser.skewMs = ((what % 11) - 5) * 3_600_000
  },
  jumpClock: withPage((_, page, what) => {
    page.skewMs += ((what % 11) - 5) * 3_600_000
  }),
  denyStorage: withBrowser((_, browser) => {
    browser.isDenied = true
  }),
  fillDisk: withBrowser((world, browser, what) => {
    const held = [...browser.disk.values()].reduce((sum, value) => sum + value.length, 0)
    world.spoilStorage(browser, { diskMax: held + (what % 400) })
  }),
  noRoom: withBrowser((world, browser) => world.spoilStorage(browser, { diskMax: 0, areaMax: 0 })),
  mendStorage: withBrowser((world, browser) => {
    browser.isDenied = false
    world.spoilStorage(browser, {})
  }),
  sleep: (world, _, what) => {
    world.clock.sleep((what % 1_200) * 1_000)
    world.server.beat()
  }
}

/** Long enough to see whether anybody knocks without a pause. */
const turnedMs = 16_000
/** Nobody restores a server faster; what it had sent before has arrived by then, or never does. */
const restoreMs = 3_000
/** Nobody can type before the panel stands. */
const loadMs = 30
/** So many texts in so long. */
const floodStep = 20
const floodMs = 40
const directions: readonly Direction[] = ['out', 'in', 'both']
const weights: Partial<Record<StepName, number>> = {
  send: 12,
  reply: 8,
  wait: 16,
  waitLong: 2,
  markRead: 3,
  operatorReads: 3,
  restore: 1,
  reset: 1,
  turnAway: 1,
  sleep: 1,
  flood: 1,
  sendLong: 1
}

/** Runs one step, and looks. */
export async function take(world: World, [name, who, what]: Step): Promise<void> {
  if (name in faults) world.fault(name)
  await { ...acts, ...faults }[name](world, who, what)
  // Nobody does two things in the same millisecond … always.
  if (what % 3 > 0) await world.pass(what % 7)
  world.look()
}

/** Any number of steps up to a most. */
export function anySteps(maxLength: number, without: readonly StepName[] = []): fc.Arbitrary<readonly Step[]> {
  const names = [...Object.keys(acts), ...Object.keys(faults)] as StepName[]
  const chosen = names.filter((name) => !without.includes(name))
  const name = fc.oneof(...chosen.map((known) => ({ weight: weights[known] ?? 2, arbitrary: fc.constant(known) })))
  return fc.array(fc.tuple(name, fc.nat(11), fc.nat(9_999)), { minLength: 4, maxLength, size: 'max' })
}

function goOffline({ env, link }: Page): void {
  link.part(true)
  env.setOnline(false)
}

function pick<T>(all: readonly T[], which: number): T | undefined {
  return all[which % Math.max(1, all.length)]
}

function withPage(act: (world: World, page: Page, what: number) => void | Promise<void>): Run {
  return (world, who, what) => {
    const page = pick(world.pages, who)
    return page && act(world, page, what)
  }
}

function withBrowser(act: (world: World, browser: Browser, what: number) => void): Run {
  return (world, who, what) => {
    const browser = pick(world.browsers, who)
    if (browser) act(world, browser, what)
  }
}

function withConsole(act: (world: World, console: Console, what: number) => void | Promise<void>): Run {
  return (world, who, what) => {
    const console = pick(world.consoles, who)
    return console && act(world, console, what)
  }
}

function withLink(act: (world: World, party: Page | Console, what: number) => void): Run {
  return (world, who, what) => {
    const party = pick([...world.pages, ...world.consoles], who)
    if (party) act(world, party, what)
  }
}

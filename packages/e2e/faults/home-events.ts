import type { Desk } from './desk.js'
import type { Watcher } from './watcher.js'

/** What an event works with. */
export interface HomeEventContext {
  readonly draw: (end: number) => number
  readonly pass: (durationMs: number) => Promise<void>
  readonly desks: readonly Desk[]
  readonly customers: readonly Watcher[]
}

/** Something that somebody does, or that happens to him; over when he is back. */
export interface HomeEvent<Who> {
  readonly name: string
  readonly happen: (who: Who, context: HomeEventContext) => Promise<void>
}

/** From `least` to below `most` seconds. */
const between = (draw: HomeEventContext['draw'], leastS: number, mostS: number): number => leastS * 1_000 + draw((mostS - leastS) * 1_000)

const outage = (name: string, leastS: number, mostS: number): HomeEvent<Desk> => ({
  name,
  happen: async (desk, { draw, pass }) => {
    desk.proxy.cut(draw(2) === 0 ? 'rst' : 'fin')
    desk.broken()
    await pass(between(draw, leastS, mostS))
    desk.proxy.restore()
    // Long enough for the console to be back, mostly.
    await pass(draw(12_000))
  }
})

const hole = (name: string, direction: 'up' | 'down' | 'both'): HomeEvent<Desk> => ({
  name,
  happen: async (desk, { draw, pass }) => {
    desk.proxy.blackHole(direction)
    desk.broken()
    await pass(between(draw, 1, 60))
    desk.proxy.restore()
    if (draw(2) === 0) desk.wake()
    await pass(draw(10_000))
  }
})

/** What happens at desks. */
export const deskEvents: readonly HomeEvent<Desk>[] = [
  outage('a blink', 0, 6),
  outage('a longer blink', 4, 12),
  outage('an outage', 10, 60),
  hole('silence', 'both'),
  hole('silence to the server', 'up'),
  hole('silence to the console', 'down'),
  {
    name: 'reloads',
    happen: async (desk, { draw, pass }) => {
      for (let times = 1 + draw(4); times > 0; times--) {
        desk.close()
        await pass(between(draw, 0, 6))
        desk.open()
        await pass(between(draw, 1, 5))
      }
    }
  },
  {
    name: 'is killed',
    happen: async (desk, { draw, pass }) => {
      desk.kill()
      await pass(between(draw, 1, 70))
      desk.open()
      await pass(3_000)
    }
  },
  {
    name: 'moves to another network, and the old connection hears nothing of it',
    happen: async (desk, { pass }) => {
      desk.proxy.blackHole('both')
      desk.kill()
      desk.proxy.restore()
      desk.open()
      await pass(40_000)
    }
  },
  {
    name: 'sleeps',
    happen: async (desk, { draw, pass }) => {
      desk.proxy.blackHole('both')
      desk.broken()
      await pass(between(draw, 20, 90))
      desk.proxy.restore()
      desk.wake()
      await pass(5_000)
    }
  },
  { name: 'wants chats', happen: (desk) => desk.setAvailable(true) },
  { name: 'wants no chats', happen: (desk) => desk.setAvailable(false) },
  {
    name: 'signs out and in again',
    happen: async (desk, { draw, pass }) => {
      await desk.signOut()
      await pass(between(draw, 1, 40))
      await desk.signIn()
      desk.open()
      await pass(5_000)
    }
  },
  {
    name: 'answers',
    happen: async (desk, { customers }) => {
      for (const customer of customers) {
        const c = customer.c()
        if (c?.startsWith('c_')) desk.say(c, `from ${desk.name}`)
      }
    }
  }
]

/** What customers do, and what happens to them. */
export const customerEvents: readonly HomeEvent<Watcher>[] = [
  { name: 'writes', happen: async (customer) => customer.say('Is somebody there?') },
  {
    name: 'reloads',
    happen: async (customer, { pass }) => {
      customer.reload()
      await pass(2_000)
    }
  },
  {
    name: 'an outage',
    happen: async (customer, { draw, pass }) => {
      customer.broken()
      customer.proxy.cut()
      await pass(between(draw, 0, 40))
      customer.proxy.restore()
    }
  },
  {
    name: 'silence',
    happen: async (customer, { draw, pass }) => {
      customer.proxy.blackHole('both')
      customer.broken()
      await pass(between(draw, 1, 60))
      customer.proxy.restore()
      customer.wake()
    }
  }
]

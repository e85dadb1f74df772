import { describe, expect, it } from 'vitest'
import { checkHistory } from '../src/testing/index.js'
import type { Page } from './simulation/page.js'
import { createWorld, type World } from './simulation/world.js'

/** One customer's page with a conversation that stands, and everything around it. */
interface Stage {
  readonly world: World
  readonly page: Page
  readonly c: string
}

async function set(seed = 1): Promise<Stage> {
  const world = createWorld(seed)
  await world.pass(100)
  const page = world.pages[0]!
  world.send(page)
  await world.pass(2_000)
  world.look()
  await world.pass(1_000)
  return { world, page, c: world.server.backend.logs()[0]!.c }
}

/** Lets everything settle, and judges it. Returns how many texts the log of `c` has. */
async function settle(world: World, c: string): Promise<number> {
  await world.settle()
  expect(checkHistory(world.history.entries())).toEqual([])
  const log = world.server.backend.logs().find((known) => known.c === c)
  return (log?.messages ?? []).filter(({ k }) => k === 'text').length
}

/** What happens after a conversation of one text stands, and how many texts it has then. */
const scenarios: readonly (readonly [title: string, texts: number, act: (stage: Stage) => void | Promise<void>])[] = [
  [
    'T1: a connection that is cut before the server reads costs no text and doubles none',
    2,
    ({ world, page }) => {
      world.setConditions({ delayMs: 200 })
      world.send(page)
      page.link.cut()
    }
  ],
  [
    'T2: a server that is killed between commit and answer has the text once',
    2,
    async ({ world, page }) => {
      page.link.blackHole('in')
      world.send(page)
      await world.pass(1_000)
      world.server.kill()
      await world.pass(5_000)
    }
  ],
  [
    'T3, T4: of twenty texts sent at once, among answers, each is one bubble at every moment and all keep their order',
    26,
    async ({ world, page, c }) => {
      world.setConditions({ delayMs: 300, repeat: 0.5 })
      for (let count = 0; count < 20; count++) {
        world.send(page)
        if (count % 4 === 0) world.reply(world.consoles[0]!, c)
        await world.pass(20)
      }
    }
  ],
  [
    'T6: a text that follows one that was held up does not overtake it',
    3,
    ({ world, page }) => {
      world.server.limit(1)
      world.send(page)
      world.send(page)
    }
  ],
  [
    'T7: a text that follows one that was refused is accepted, and the refused one is shown with its reason',
    2,
    async ({ world, page }) => {
      world.send(page, { mark: '!' })
      world.send(page)
      await world.pass(3_000)
      expect(page.chat.$messages.get().at(-1)).toMatchObject({ state: 'failed', failure: 'invalid' })
    }
  ],
  ...(['both', 'in', 'out'] as const).map((direction, index) => {
    const title = `T${8 + index}: a connection that carries nothing ${{ both: 'either way', in: 'from', out: 'to' }[direction]}${direction === 'both' ? '' : ' the server'} is given up within 30 s, and nothing is lost or doubled`
    return [
      title,
      3,
      async ({ world, page, c }: Stage) => {
        page.link.blackHole(direction)
        world.send(page)
        world.reply(world.consoles[0]!, c)
        await world.pass(31_000)
        expect(page.chat.$connection.get().state).toBe('open')
      }
    ] as const
  }),
  [
    'T12: 500 entries that came while a page was offline are all read, without a hole',
    501,
    async ({ world, page, c }) => {
      page.link.part(true)
      page.env.setOnline(false)
      const { operator } = world.consoles[0]!
      for (let count = 0; count < 500; count++) operator.reply(c, `missed ${count}.`)
      await world.pass(3_600_000)
    }
  ],
  [
    'T13: a drop that is noticed five minutes late loses nothing',
    3,
    async ({ world, page, c }) => {
      page.link.blackHole('both')
      world.clock.sleep(300_000)
      world.server.beat()
      world.reply(world.consoles[0]!, c)
      world.reply(world.consoles[0]!, c)
      await world.pass(1_000)
    }
  ],
  [
    'T16: entries that are lost in silence are found by the heads',
    31,
    async ({ world, c }) => {
      world.setConditions({ lose: 0.5 })
      for (let count = 0; count < 30; count++) {
        world.reply(world.consoles[count % 2]!, c)
        await world.pass(100)
      }
    }
  ],
  [
    'T19: clocks that are five hours off, and jump back, change no order',
    5,
    async ({ world, page, c }) => {
      for (const skewMs of [18_000_000, -18_000_000]) {
        page.browser.skewMs = skewMs
        world.send(page)
        await world.pass(500)
        world.reply(world.consoles[0]!, c)
        await world.pass(500)
      }
    }
  ],
  [
    'T20: what a server that came back from an older copy has lost is offered again by its author, once',
    4,
    async ({ world, page }) => {
      world.server.backUp()
      for (let count = 0; count < 3; count++) world.send(page)
      await world.pass(3_000)
      world.server.restore()
      await world.pass(10_000)
    }
  ],
  [
    'T21: a conversation that was closed while a page was away is shown closed, before anything is sent there',
    1,
    async ({ world, page, c }) => {
      page.link.part(true)
      page.env.setOnline(false)
      await world.pass(1_000)
      world.consoles[0]!.operator.close(c)
      page.link.part(false)
      page.env.setOnline(true)
      await world.pass(4_000)
      expect(page.chat.$conversation.get()?.state).toBe('closed')
    }
  ],
  [
    'T30: a server that is down for six hours finds the page waiting for it',
    2,
    async ({ world, page }) => {
      world.server.kill()
      world.send(page)
      await world.pass(21_600_000)
    }
  ],
  [
    'T31: a page that is loaded again within the millisecond of sending sends once',
    2,
    async ({ world, page }) => {
      world.send(page)
      world.reload(page)
      await world.pass(50)
    }
  ],
  [
    'T32: three texts of a tab that was killed go out at the next visit',
    4,
    async ({ world, page }) => {
      page.link.part(true)
      for (let count = 0; count < 3; count++) world.send(page)
      await world.pass(50)
      world.close(page)
    }
  ],
  [
    'T33: a page that was suspended for ten minutes is connected again within four seconds',
    2,
    async ({ world, page, c }) => {
      page.link.blackHole('both')
      world.clock.sleep(600_000)
      world.server.beat()
      page.env.setVisible(true)
      world.reply(world.consoles[0]!, c)
      await world.pass(4_000)
      expect(page.chat.$messages.get()).toHaveLength(2)
    }
  ],
  [
    'T36, T37: five tabs that send at once, without locks, store five texts and show the same',
    6,
    async ({ world, page }) => {
      for (let count = 0; count < 4; count++) world.newPage(page.browser)
      await world.pass(100)
      for (const each of world.pages) if (each.browser === page.browser) world.send(each)
    }
  ]
]

describe('scenarios in the simulated world', () => {
  it.each(scenarios)(
    '%s',
    async (_, texts, act) => {
      const stage = await set()
      await act(stage)
      expect(await settle(stage.world, stage.c)).toBe(texts)
    },
    30_000
  )

  it('T39: two customers’ conversations never meet', async () => {
    const { world, page, c } = await set()
    const other = world.pages.find(({ browser }) => browser !== page.browser)!
    world.send(other)
    world.send(page)
    await world.pass(2_000)
    expect(page.chat.$messages.get().map(({ c: of }) => of)).toEqual([c, c])
    expect(other.chat.$messages.get().map(({ c: of }) => of)).not.toContain(c)
    expect(await settle(world, c)).toBe(2)
  })

  it('T50, T51: a request whose answer is lost, again and again, and whose page is closed, becomes one request', async () => {
    const { world, page, c } = await set()
    page.link.blackHole('in')
    world.leaveRequest(page)
    await world.pass(500)
    world.setConditions({ cut: 0.4 })
    await world.pass(60_000)
    world.close(page)
    await settle(world, c)
    expect(world.server.backend.requests()).toHaveLength(1)
  })
})

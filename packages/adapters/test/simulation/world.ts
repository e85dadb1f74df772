import { createManualClock, createMemoryDisk, type ManualClock } from '@porchlight/core/testing'
import { createHistory, goodLink, type HistoryPlace, type HistoryRecorder, type LinkConditions, seeded } from '../../src/testing/index.js'
import { type Console, createConsole } from './console.js'
import { type Browser, createPage, type Page, type Surroundings } from './page.js'
import { createServer, type Server } from './server.js'

/** A whole run: customers with their browsers, operators, a server, a bad network between them, and one clock. */
export interface World {
  readonly clock: ManualClock
  readonly history: HistoryRecorder
  readonly server: Server
  readonly random: () => number
  readonly browsers: readonly Browser[]
  /** Pages and consoles that live. */
  readonly pages: readonly Page[]
  readonly consoles: readonly Console[]
  readonly newPage: (browser: Browser) => Page
  readonly send: (page: Page, mark?: string) => void
  readonly leaveRequest: (page: Page) => void
  readonly type: (page: Page) => void
  readonly reset: (page: Page) => void
  readonly reply: (console: Console, c: string) => void
  readonly reload: (page: Page) => void
  readonly reloadConsole: (console: Console) => void
  /** The tab is closed, or killed: what only this tab kept is gone. */
  readonly close: (page: Page) => void
  readonly fault: (name: string) => void
  readonly setConditions: (conditions: Partial<LinkConditions>) => void
  readonly pass: (durationMs: number) => Promise<void>
  /** Looks where each text is, and how much everybody holds. */
  readonly look: () => void
  /** Everything works again, everybody looks, and there is time to settle. */
  readonly settle: () => Promise<void>
}

/** How long after the last fault everything must be in order; one second more, for what a heartbeat finds at the last moment. */
const settleMs = 36_000

/** Two customers and two operators. */
export function createWorld(seed: number): World {
  const random = seeded(seed)
  const clock = createManualClock()
  const startMs = clock.now()
  const history = createHistory(() => clock.now() - startMs)
  const server = createServer(clock, history)
  let conditions: LinkConditions = { ...goodLink, delayMs: 50 }
  const world: Surroundings = { clock, history, server, random, conditions: () => conditions }
  const browsers: Browser[] = ['ann', 'bea'].map((name) => ({ name, disk: createMemoryDisk(), skewMs: 0, isDenied: false, resetting: undefined }))
  const pages: Page[] = []
  /** Texts that were handed over, by who did, and are not known to be stored, refused or given up. */
  const open = new Map<string, Page | Console>()
  let count = 0
  const nextKey = (mark = '') => `${mark}k${++count}.`

  const consoles: Console[] = ['ben', 'cleo'].map((name) => {
    const operator = server.backend.operator({ name })
    server.setAvailable(operator, name === 'ben')
    return createConsole(world, { name: `${name}/1`, operator })
  })

  const compose = (party: Page | Console, key: string, put: () => Promise<string>) => {
    history.record(party.name, { type: 'composed', key })
    open.set(key, party)
    party.unkept.add(key)
    put().then(
      (id) => {
        party.unkept.delete(key)
        history.record(party.name, { type: 'accepted', key, id })
      },
      () => drop(key)
    )
  }
  /** Given up by its author, or by a page that nothing outlives. */
  const drop = (key: string) => {
    const party = open.get(key)
    open.delete(key)
    if (party) history.record(party.name, { type: 'dropped', key })
  }
  /** Puts a text into the composer, in place of what is there. */
  const enter = (page: Page, key: string) => {
    const before = page.chat.$draft.get()
    for (const known of open.keys()) if (before.includes(known)) drop(known)
    // One composer in all tabs: what was typed in another one and stands here is overwritten by hand.
    for (const other of pages) if (other !== page && other.browser === page.browser && other.typed === before) other.typed = undefined
    page.chat.setDraft(key)
  }
  const load = (browser: Browser, tab = createMemoryDisk()) => {
    const page = createPage(world, { name: `${browser.name}/${++count}`, browser, tab })
    pages.push(page)
    return page
  }
  const end = (page: Page, isTabGone: boolean) => {
    pages.splice(pages.indexOf(page), 1)
    for (const key of page.unkept) {
      if (page.chat.$draft.get() !== key) continue
      // Nobody took it yet: it stands in the composer, as if it had not been sent.
      drop(key)
      page.typed = key
    }
    page.kill()
    if (page.browser.resetting === page.name) page.browser.resetting = undefined
    for (const [key, party] of open) {
      if (party === page && (page.browser.isDenied || (isTabGone && page.unkept.has(key)))) drop(key)
    }
  }

  const placesOf = (key: string, texts: ReadonlySet<string>): HistoryPlace[] => {
    const isIn = (disk: ReadonlyMap<string, string>) => [...disk.values()].some((value) => value.includes(key))
    const disks = [...browsers.map(({ disk }) => disk), ...consoles.flatMap(({ disk, tab }) => [disk, tab]), ...pages.map(({ tab }) => tab)]
    const isShown = pages.some(({ chat }) => chat.$messages.get().some(({ body }) => body['text'] === key))
    const isTyped = pages.some(({ chat }) => chat.$draft.get().includes(key))
    const found: readonly (readonly [HistoryPlace, boolean])[] = [
      ['server', texts.has(key)],
      ['outbox', disks.some(isIn) || isShown],
      ['input', isTyped]
    ]
    return found.flatMap(([place, isThere]) => (isThere ? [place] : []))
  }

  const look = () => {
    const texts = server.texts()
    for (const [key, party] of open) {
      if (texts.has(key)) open.delete(key)
      else history.record(party.name, { type: 'places', key, places: placesOf(key, texts) })
    }
    for (const page of pages) {
      // Handed over, and stored, by a page that died before it knew.
      if (page.typed !== undefined && texts.has(page.typed)) page.typed = undefined
      if (page.typed !== undefined) history.record(page.name, { type: 'places', key: page.typed, places: placesOf(page.typed, texts) })
    }
    for (const { name, env } of [...pages, ...consoles]) {
      history.record(name, { type: 'gauge', name: 'timers', value: env.timerCount(), max: timersMax })
      history.record(name, { type: 'gauge', name: 'listeners', value: env.listenerCount(), max: listenersMax })
    }
    for (const console of consoles) console.look()
  }

  const self: World = {
    clock,
    history,
    server,
    random,
    browsers,
    pages,
    consoles,
    newPage: (browser) => load(browser),
    send: (page, mark) => {
      if (page.browser.resetting) return
      const key = nextKey(mark)
      page.typed = undefined
      enter(page, key)
      compose(page, key, () => page.chat.send(key))
    },
    leaveRequest: (page) => {
      const { state } = page.chat.$request.get()
      // While one is on its way the form takes no other.
      if (page.browser.resetting || state === 'sending' || state === 'held') return
      const key = nextKey()
      history.record(page.name, { type: 'requested', key })
      page.unkept.add(key)
      clock.setTimer(() => page.unkept.delete(key), writeMs)
      page.typed = undefined
      enter(page, key)
      open.set(key, page)
      page.chat.editRequest({ name: 'Ann', email: 'ann@example.com' })
      void page.chat.leaveRequest()
    },
    type: (page) => {
      page.typed = nextKey()
      enter(page, page.typed)
    },
    reset: (page) => {
      if (page.browser.resetting) return
      for (const [key, party] of open) if ('browser' in party && party.browser === page.browser) drop(key)
      page.browser.resetting = page.name
      // Before its author's eyes: what he types from then on is not forgotten.
      const stop = page.chat.$draft.listen((text) => {
        if (text === '') page.typed = undefined
      })
      void page.chat.reset().then(() => {
        stop()
        page.browser.resetting = undefined
        return page.chat.open()
      })
    },
    reply: (console, c) => {
      const key = nextKey()
      compose(console, key, () => console.log(c).publish('text', { text: key }))
    },
    reload: (page) => {
      const { browser } = page
      end(page, false)
      const next = load(browser, browser.isDenied ? createMemoryDisk() : page.tab)
      if (!browser.isDenied) next.typed = page.typed
    },
    reloadConsole: (old) => {
      old.kill()
      consoles[consoles.indexOf(old)] = createConsole(world, { ...old, name: `${old.name.split('/')[0]}/${++count}` })
    },
    close: (page) => end(page, true),
    fault: (name) => history.record('world', { type: 'fault', name }),
    setConditions: (next) => {
      conditions = { ...conditions, ...next }
      for (const { link } of [...pages, ...consoles]) link.set(conditions)
    },
    pass: clock.advance,
    look,
    settle: async () => {
      self.fault('none any more')
      conditions = goodLink
      server.limit(0)
      server.start()
      // What a closed page has left goes out at the next visit.
      for (const browser of browsers) {
        const page = pages.find((known) => known.browser === browser)
        const isLeft = [...open.values()].some((party) => 'browser' in party && party.browser === browser && !pages.includes(party))
        if (!page) load(browser)
        else if (isLeft) self.reload(page)
      }
      for (const { link, env } of [...pages, ...consoles]) {
        link.heal()
        env.setOnline(true)
        env.setVisible(true)
      }
      // Half way somebody looks at every page once more, as people do; other tabs may have begun a conversation.
      await clock.advance(settleMs / 2)
      look()
      for (const { env } of pages) env.setVisible(true)
      await clock.advance(settleMs / 2)
      look()
      history.record('world', { type: 'settled' })
      server.dump()
      for (const page of pages) page.kill()
      for (const console of consoles) console.kill()
      server.stop()
    }
  }
  for (const browser of browsers) load(browser)
  return self
}

/** A request is on the disk by then. */
const writeMs = 20
const timersMax = 40
const listenersMax = 40

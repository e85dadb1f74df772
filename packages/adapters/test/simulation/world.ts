import { createManualClock, createMemoryDisk, type ManualClock, type MemoryDisk, type StorageFaults } from '@porchlight/core/testing'
import { isChatError, limits } from '@porchlight/protocol'
import { createHistory, goodLink, type HistoryPlace, type HistoryRecorder, type LinkConditions, seeded } from '../../src/testing/index.js'
import { type Console, createConsole } from './console.js'
import { keyIn, keysIn } from './keys.js'
import { bytesOf, outboxesOn } from './outbox-size.js'
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
  readonly send: (page: Page, how?: Sending) => void
  readonly leaveRequest: (page: Page) => void
  readonly type: (page: Page) => void
  readonly reset: (page: Page) => void
  readonly reply: (console: Console, c: string) => void
  readonly reload: (page: Page) => void
  readonly reloadConsole: (console: Console) => void
  /** The tab is closed, or killed: what only this tab kept is gone. */
  readonly close: (page: Page) => void
  readonly fault: (name: string) => void
  /** From now on this is wrong with the storage of a browser's pages. */
  readonly spoilStorage: (browser: Browser, faults: StorageFaults) => void
  readonly setConditions: (conditions: Partial<LinkConditions>) => void
  readonly pass: (durationMs: number) => Promise<void>
  /** Looks where each text is, and how much everybody holds. */
  readonly look: () => void
  /** Everything works again, everybody looks, and there is time to settle. */
  readonly settle: () => Promise<void>
}

/** What is special about a text. */
export interface Sending {
  /** What it begins with. */
  readonly mark?: string
  /** It is as long as a text may be. */
  readonly isLong?: boolean
}

/** How long after the last fault everything must be in order; one second more, for what a heartbeat finds at the last moment. */
const settleMs = 36_000

/** Two customers and two operators. */
export function createWorld(seed: number): World {
  const random = seeded(seed)
  const clock = createManualClock()
  const startMs = clock.now()
  const history = createHistory(() => clock.now() - startMs)
  const server = createServer(clock, history, random)
  let conditions: LinkConditions = { ...goodLink, delayMs: 50 }
  const world: Surroundings = { clock, history, server, random, conditions: () => conditions }
  const browsers: Browser[] = ['ann', 'bea'].map((name) => ({
    name,
    disk: createMemoryDisk(),
    skewMs: 0,
    isDenied: false,
    storage: {},
    pagesMax: 0,
    resetting: undefined
  }))
  const pages: Page[] = []
  /** Texts that were handed over, by who did, and are not known to be stored, refused or given up. */
  const open = new Map<string, Page | Console>()
  /** Stops what would call a page whole again. */
  const spoilt = new Map<Page, () => void>()
  /** What was put into a composer last. */
  const newest = new Map<Page, string>()
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
        history.record(party.name, { type: 'accepted', key, id, device: apartOf(party) })
      },
      (error: unknown) => {
        drop(key)
        if (isChatError(error) && error.code === 'busy' && 'browser' in party) refused(party, key)
      }
    )
  }
  /** The device of what a page holds that its storage did not always take: other pages of its browser may not know of it. */
  const apartOf = (party: Page | Console) => ('browser' in party && party.isShort ? party.name : undefined)
  /** A full outbox takes nothing more, and the text stays where it is. */
  const refused = (page: Page, key: string) => {
    if (!pages.includes(page) || newest.get(page) !== key) return
    page.typed = key
    history.record(page.name, { type: 'places', key, places: keyIn(page.chat.$draft.get()) === key ? ['input'] : [] })
    const waiting = page.chat.$messages.get().filter(({ state }) => state === 'pending' || state === 'failed')
    const more = Math.max(0, page.chat.$outbox.get().count - waiting.length)
    const bytes = waiting.reduce((sum, { body }) => sum + bytesOf(body), bytesOf({ text: page.chat.$draft.get() })) + more * longBytes
    const hasRoom = waiting.length + more < limits.outboxMaxItems && bytes <= limits.outboxMaxBytes
    history.record(page.name, { type: 'gauge', name: 'texts refused although there was room', value: hasRoom ? 1 : 0, max: 0 })
  }
  /** Given up by its author, or by a page that nothing outlives. */
  const drop = (key: string) => {
    const party = open.get(key)
    open.delete(key)
    if (party) history.record(party.name, { type: 'dropped', key })
  }
  /** Puts a text into the composer, in place of what is there. */
  const enter = (page: Page, text: string) => {
    const before = keyIn(page.chat.$draft.get())
    newest.set(page, keyIn(text))
    for (const known of open.keys()) if (before === known) drop(known)
    // One composer in all tabs: what was typed in another one and stands here is overwritten by hand.
    for (const other of pages) if (other !== page && other.browser === page.browser && other.typed === before) other.typed = undefined
    page.chat.setDraft(text)
  }
  const load = (browser: Browser, tab = createMemoryDisk()) => {
    const page = createPage(world, { name: `${browser.name}/${++count}`, browser, tab })
    pages.push(page)
    browser.pagesMax = Math.max(browser.pagesMax, pages.filter((known) => known.browser === browser).length)
    return page
  }
  /** In so many milliseconds in which the machine did not sleep. */
  const afterWork = (act: () => void, leftMs: number): void => void clock.setTimer(() => (leftMs > 1 ? afterWork(act, leftMs - 1) : act()), 1)

  const end = (page: Page, isTabGone: boolean) => {
    pages.splice(pages.indexOf(page), 1)
    for (const key of page.unkept) {
      if (keyIn(page.chat.$draft.get()) !== key) continue
      // Nobody took it yet: it stands in the composer, as if it had not been sent.
      drop(key)
      page.typed = key
    }
    page.kill()
    if (page.browser.resetting === page.name) page.browser.resetting = undefined
    for (const [key, party] of open) if (party === page && isTabGone && page.unkept.has(key)) drop(key)
    // What its storage did not take dies with the page that held it, or with its tab; never before.
    if (!(isTabGone ? page.isShort : page.isBare)) return
    const placesOf = whereabouts()
    // What stands in another tab's composer alone is not on its way any more.
    const isKept = (key: string) => placesOf(key).some((place) => place !== 'input')
    for (const [key, party] of open) if ('browser' in party && party.browser === page.browser && !isKept(key)) drop(key)
  }

  /** Where each text is now. */
  const whereabouts = (): ((key: string) => HistoryPlace[]) => {
    const texts = server.texts()
    const disks = [...browsers.map(({ disk }) => disk), ...consoles.flatMap(({ disk, tab }) => [disk, tab]), ...pages.map(({ tab }) => tab)]
    const kept = keysIn(disks.flatMap((disk) => [...disk.values()]))
    const shown = new Set(pages.flatMap(({ chat }) => chat.$messages.get().map(({ body }) => keyIn(String(body['text'])))))
    const typed = keysIn(pages.map(({ chat }) => chat.$draft.get()))
    return (key) => {
      const found: readonly (readonly [HistoryPlace, boolean])[] = [
        ['server', texts.has(key)],
        ['outbox', kept.has(key) || shown.has(key)],
        ['input', typed.has(key)]
      ]
      return found.flatMap(([place, isThere]) => (isThere ? [place] : []))
    }
  }

  const look = () => {
    const placesOf = whereabouts()
    for (const [key, party] of open) {
      const places = placesOf(key)
      if (places.includes('server')) open.delete(key)
      else history.record(party.name, { type: 'places', key, places })
    }
    for (const page of pages) {
      // Handed over, and stored, by a page that died before it knew.
      const places = page.typed === undefined ? [] : placesOf(page.typed)
      if (places.includes('server')) page.typed = undefined
      if (page.typed !== undefined) history.record(page.name, { type: 'places', key: page.typed, places })
    }
    for (const { name, disk, pagesMax } of browsers) lookAtOutboxes(name, disk, pagesMax)
    for (const { name, disk } of consoles) lookAtOutboxes(name, disk)
    // A page without room holds what the device had when it could be read last, and what it took itself.
    for (const { name, tab, browser } of pages) lookAtOutboxes(name, tab, browser.pagesMax + 1)
    for (const { name, env } of [...pages, ...consoles]) {
      history.record(name, { type: 'gauge', name: 'timers', value: env.timerCount(), max: timersMax })
      history.record(name, { type: 'gauge', name: 'listeners', value: env.listenerCount(), max: listenersMax })
    }
    for (const console of consoles) console.look()
  }
  /** Each page takes what it has room for as far as it knows, and hears late of what others took in the same moment. */
  const lookAtOutboxes = (name: string, disk: MemoryDisk, pagesMax = 1) => {
    for (const { items, bytes } of outboxesOn(disk)) {
      history.record(name, { type: 'gauge', name: 'items in the outbox', value: items, max: limits.outboxMaxItems * pagesMax })
      history.record(name, { type: 'gauge', name: 'bytes in the outbox', value: bytes, max: limits.outboxMaxBytes * pagesMax })
    }
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
    send: (page, { mark, isLong = false } = {}) => {
      if (page.browser.resetting) return
      const key = nextKey(mark)
      const text = isLong ? key + '🏮'.repeat(limits.textMaxCodePoints - key.length) : key
      page.typed = undefined
      enter(page, text)
      compose(page, key, () => page.chat.send(text))
    },
    leaveRequest: (page) => {
      const { state } = page.chat.$request.get()
      // While one is on its way the form takes no other.
      if (page.browser.resetting || state === 'sending' || state === 'held') return
      const key = nextKey()
      history.record(page.name, { type: 'requested', key })
      page.unkept.add(key)
      afterWork(() => page.unkept.delete(key), writeMs)
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
      const isSame = (other: Page) => other === page || (other.browser === page.browser && !other.isDenied && !page.isDenied)
      for (const [key, party] of open) if ('browser' in party && isSame(party)) drop(key)
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
      const next = load(browser, page.tab)
      if (!page.isBare && !next.isDenied) next.typed = page.typed
      if (!page.isShort || next.isShort) return
      // What is in its tab alone needs a moment to the disk.
      next.isShort = true
      const mend = clock.setTimer(() => {
        next.isShort = next.browser.storage.diskMax !== undefined
      }, writeMs)
      spoilt.set(next, mend)
    },
    reloadConsole: (old) => {
      old.kill()
      consoles[consoles.indexOf(old)] = createConsole(world, { ...old, name: `${old.name.split('/')[0]}/${++count}` })
    },
    close: (page) => end(page, true),
    spoilStorage: (browser, faults) => {
      browser.storage = faults
      for (const page of pages) {
        if (page.browser !== browser || page.isDenied) continue
        if (faults.diskMax !== undefined) {
          page.isShort = true
          spoilt.get(page)?.()
        }
        if (faults.areaMax !== undefined) page.isBare = true
      }
    },
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
      server.turnAway('drops', 0)
      server.start()
      // What a closed page has left goes out at the next visit.
      for (const browser of browsers) {
        self.spoilStorage(browser, {})
        browser.isDenied = false
        // What a bare page holds would die of looking for what others left.
        const page = pages.find((known) => known.browser === browser && !known.isBare)
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
      // What an earlier page left in a tab whose page may not look there.
      for (const page of pages.filter(({ isDenied }) => isDenied)) self.reload(page)
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
/** Of the longest text. */
const longBytes = 32_100
const timersMax = 40
const listenersMax = 40

import { type Chat, type ChatAdapter, createChat } from '@porchlight/core'
import { createMemoryDisk, type ManualClock, type MemoryDisk, type MemoryEnv, memoryEnv, type StorageFaults } from '@porchlight/core/testing'
import {
  createFaultyLink,
  type FaultyLink,
  type HistoryRecorder,
  type LinkConditions,
  recordChat,
  recordGenerations
} from '../../src/testing/index.js'
import { hearingEnv } from './hearing-env.js'
import { keyOf } from './keys.js'
import type { Server } from './server.js'

/** What all parties of a world share. */
export interface Surroundings {
  readonly clock: ManualClock
  readonly history: HistoryRecorder
  readonly server: Server
  readonly random: () => number
  readonly conditions: () => LinkConditions
}

/** A customer's browser: what its pages share. */
export interface Browser {
  readonly name: string
  readonly disk: MemoryDisk
  /** What its clock is off by. */
  skewMs: number
  /** No storage is allowed to pages that are loaded from now on: each of them is on its own. */
  isDenied: boolean
  /** What is wrong with the storage of all others. */
  storage: StorageFaults
  /** So many of its pages were open at once. */
  pagesMax: number
  /** The page that makes it forget its visitor; nobody sends meanwhile. */
  resetting: string | undefined
}

/** One page with the chat on it, in one tab. */
export interface Page {
  readonly name: string
  readonly browser: Browser
  readonly tab: MemoryDisk
  readonly env: MemoryEnv
  readonly chat: Chat
  readonly link: FaultyLink
  /** What the clock is off by in this page alone. */
  skewMs: number
  /** It was loaded where no storage is allowed. */
  readonly isDenied: boolean
  /** At some time its storage took no large value: what it holds may be in its tab alone. */
  isShort: boolean
  /** At some time it had no storage at all: what it holds may be nowhere else. */
  isBare: boolean
  /** What was typed last and not sent. */
  typed: string | undefined
  /** Texts that `send` has not said to be kept. */
  readonly unkept: Set<string>
  readonly kill: () => void
}

/** What a world's pages and its consoles are given. */
export function seededBytes(random: () => number): MemoryEnv['random'] {
  return (bytes) => bytes.map(() => random() * 256)
}

/** Somebody looks at what is open in a window, or its network is back. */
export function noteWaking(history: HistoryRecorder, client: string): void {
  history.record(client, { type: 'woken', client })
}

/** Loads a page. */
export function createPage(world: Surroundings, options: { readonly name: string; readonly browser: Browser; readonly tab: MemoryDisk }): Page {
  const { clock, history, server, random } = world
  const { name, browser, tab } = options
  const { isDenied } = browser
  const disk = isDenied ? createMemoryDisk() : browser.disk
  const storageFaults = () => (isDenied ? { isDenied } : browser.storage)
  const env = memoryEnv({ clock, disk, tab, storageFaults, storageDelayMs: 3, random: seededBytes(random) })
  const link = createFaultyLink({ adapter: server.door(name), random, setTimer: clock.setTimer, conditions: world.conditions() })
  let you: string | undefined
  const connect: ChatAdapter['connect'] = async (context) => {
    const session = await link.adapter.connect(context)
    you = session.you.id
    return session
  }
  const hearing = hearingEnv({ ...env, now: () => env.now() + browser.skewMs + self.skewMs }, { history, name, you: () => you })
  history.record(name, { type: 'joined', role: 'customer', device: isDenied ? name : browser.name })
  // Before the chat hears of it.
  env.onWake(() => noteWaking(history, `${name} core`))
  const chat = createChat({ adapter: recordGenerations({ ...link.adapter, connect }, { history, party: `${name} core` }), env: hearing })
  const stop = recordChat(chat, { history, party: name, keyOf })
  const noteRequest = chat.$request.listen(({ state, receipt, fields }) => {
    if (state === 'needs_fix' && fields.text !== undefined) history.record(name, { type: 'failed', id: name, key: fields.text, reason: state })
    const made = receipt && server.backend.requests().find(({ reference }) => reference === receipt.reference)
    if (state === 'accepted' && made) history.record(name, { type: 'referenced', key: made.fields.text, reference: made.reference })
  })
  const self: Page = {
    name,
    browser,
    tab,
    env,
    chat,
    link,
    skewMs: 0,
    isDenied,
    isShort: isDenied || browser.storage.diskMax !== undefined,
    isBare: isDenied || browser.storage.areaMax !== undefined,
    typed: undefined,
    unkept: new Set(),
    kill: () => {
      history.record(name, { type: 'gone' })
      stop()
      noteRequest()
      env.kill()
      // What was on its way may arrive, or not.
      if (random() < 0.5) link.cut()
      chat.destroy()
    }
  }
  void chat.open()
  return self
}

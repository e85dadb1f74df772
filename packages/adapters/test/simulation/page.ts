import { type Chat, type ChatAdapter, createChat } from '@porchlight/core'
import { createMemoryDisk, type ManualClock, type MemoryDisk, type MemoryEnv, memoryEnv } from '@porchlight/core/testing'
import {
  createFaultyLink,
  type FaultyLink,
  type HistoryRecorder,
  type LinkConditions,
  recordChat,
  recordGenerations
} from '../../src/testing/index.js'
import { hearingEnv } from './hearing-env.js'
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
  /** No storage is allowed: each page is on its own. */
  isDenied: boolean
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

/** Loads a page. */
export function createPage(world: Surroundings, options: { readonly name: string; readonly browser: Browser; readonly tab: MemoryDisk }): Page {
  const { clock, history, server, random } = world
  const { name, browser, tab } = options
  const disk = browser.isDenied ? createMemoryDisk() : browser.disk
  const durability = browser.isDenied ? 'memory' : 'persistent'
  const env = memoryEnv({ clock, disk, tab, durability, storageDelayMs: 3, random: seededBytes(random) })
  const link = createFaultyLink({ adapter: server.door(name), random, setTimer: clock.setTimer, conditions: world.conditions() })
  let you: string | undefined
  const connect: ChatAdapter['connect'] = async (context) => {
    const session = await link.adapter.connect(context)
    you = session.you.id
    return session
  }
  const hearing = hearingEnv({ ...env, now: () => env.now() + browser.skewMs }, { history, name, you: () => you })
  history.record(name, { type: 'joined', role: 'customer', device: browser.isDenied ? name : browser.name })
  const chat = createChat({ adapter: recordGenerations({ ...link.adapter, connect }, { history, party: `${name} core` }), env: hearing })
  const stop = recordChat(chat, { history, party: name })
  const noteRequest = chat.$request.listen(({ state, receipt, fields }) => {
    if (state === 'needs_fix' && fields.text !== undefined) history.record(name, { type: 'failed', id: name, key: fields.text, reason: state })
    const made = receipt && server.backend.requests().find(({ reference }) => reference === receipt.reference)
    if (state === 'accepted' && made) history.record(name, { type: 'referenced', key: made.fields.text, reference: made.reference })
  })
  void chat.open()
  return {
    name,
    browser,
    tab,
    env,
    chat,
    link,
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
}

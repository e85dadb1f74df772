import type { Connection, Log } from '@porchlight/core'
import { atom, type ReadableAtom } from 'nanostores'
import type { Drafts } from './drafts.js'
import { createDrawnWindow, type DrawnWindow } from './drawn-window.js'

/** Where the reader was in a transcript. */
export interface ScrollPlace {
  isAtBottom: boolean
  topPx: number
}

/** One opened conversation: its log, and everything its view comes back to. */
export interface Thread {
  readonly c: string
  readonly log: Log
  readonly $draft: ReadableAtom<string>
  /** Entries after this order are new to this visit; null when there were none. */
  readonly $newAfter: ReadableAtom<number | null>
  readonly drawn: DrawnWindow
  /** Survives the view; written by it. */
  readonly scroll: ScrollPlace
  /** Keeps what is typed, and tells the customer that somebody types. */
  readonly setDraft: (text: string) => void
  /** The operator has read everything up to `order`. */
  readonly markRead: (order: number) => void
  /** Puts the draft into the outbox; who answers has read. Rejects, with the draft back in place, when there is no room. */
  readonly send: () => Promise<void>
}

/** The conversations that this tab has opened. */
export interface Threads {
  /** Opens a conversation, or takes it up where it was left. `readOrder`: what some operator had read by then. */
  readonly open: (c: string, readOrder: number) => Thread
  readonly find: (c: string) => Thread | undefined
  readonly stop: () => void
}

/** Followed conversations; opening one more lets go of the one looked at longest ago. Drafts stay. */
const followedMax = 24

/** What {@link createThreads} works with. */
export interface ThreadsOptions {
  readonly connection: Connection
  readonly drafts: Drafts
  /** This operator has read a log up to `order`. */
  readonly onRead: (c: string, order: number) => void
}

/** Keeps opened conversations, each with its own draft, place and entries. */
export function createThreads({ connection, drafts, onRead }: ThreadsOptions): Threads {
  const threads = new Map<string, OpenThread>()
  drafts.onOtherTab((c, was) => threads.get(c)?.takeOver(was))
  return {
    open: (c, readOrder) => {
      const thread = threads.get(c) ?? createThread(connection.log(c), drafts, onRead)
      threads.delete(c)
      threads.set(c, thread)
      thread.visit(readOrder)
      for (const old of [...threads.values()].slice(0, -followedMax)) {
        // A log that is let go of sends nothing more.
        if (old.log.$pending.get().length > 0) continue
        threads.delete(old.c)
        connection.forget(old.c)
      }
      return thread
    },
    find: (c) => threads.get(c),
    stop: () => {
      for (const c of threads.keys()) connection.forget(c)
      threads.clear()
    }
  }
}

interface OpenThread extends Thread {
  readonly visit: (readOrder: number) => void
  /** Another tab has changed the kept draft, which was `was` before. */
  readonly takeOver: (was: string) => void
}

function createThread(log: Log, drafts: Drafts, onRead: ThreadsOptions['onRead']): OpenThread {
  const { c } = log
  const $draft = atom(drafts.read(c))
  const $newAfter = atom<number | null>(null)
  const drawn = createDrawnWindow(log)

  const setDraft = (text: string): void => {
    $draft.set(text)
    drafts.write(c, text)
    log.setTyping(text.trim() !== '')
  }

  const markRead = (order: number): void => {
    log.markRead(order)
    onRead(c, order)
  }

  const thread: OpenThread = {
    c,
    log,
    $draft,
    $newAfter,
    drawn,
    scroll: { isAtBottom: true, topPx: 0 },
    setDraft,
    markRead,
    visit: (readOrder) => {
      $newAfter.set(readOrder)
      if (thread.scroll.isAtBottom) drawn.restart()
    },
    takeOver: (was) => {
      // What was typed here may grow in another tab, or be sent from there; two texts that have parted stay as they are.
      if ($draft.get() === was) $draft.set(drafts.read(c))
    },
    send: async () => {
      const text = $draft.get()
      if (text.trim() === '') return
      $draft.set('')
      log.setTyping(false)
      try {
        await log.publish('text', { text })
        // Not before the outbox holds the text: a page may die at any moment.
        if (drafts.read(c) === text) drafts.write(c, $draft.get())
        const newest = log.$messages.get().at(-1)?.order
        if (newest !== undefined) markRead(newest)
      } catch (error) {
        setDraft($draft.get() === '' ? text : `${text}\n${$draft.get()}`)
        throw error
      }
    }
  }
  return thread
}

import type { Connection } from '@porchlight/core'
import type { Me } from '@porchlight/protocol'
import { atom, computed, type ReadableAtom } from 'nanostores'
import { isUnreadRequest, readOrder } from '../inbox/unread.js'
import type { Api } from './api.js'
import { createDrafts, type Drafts } from './drafts.js'
import { createInbox, type Inbox } from './inbox.js'
import { createThreads, type Thread, type Threads } from './threads.js'
import { createUnreadCounts, type UnreadCounts } from './unread-counts.js'

/** What is open: a conversation, or the conversation of a request. `c` is its log. */
export type Selection =
  | { readonly kind: 'conversation'; readonly id: string; readonly c: string }
  | { readonly kind: 'request'; readonly id: string; readonly c: string }

/** Where there is room for one part of the page only: which. */
export type Pane = 'inbox' | 'thread' | 'details'

/** Where the next drawing puts the focus, because the operator asked for it. Events never do. */
export type FocusTarget = 'reply' | 'thread' | 'details' | 'row'

/** One operator at work on one site. */
export interface Workspace {
  readonly operatorId: string
  readonly site: string
  readonly connection: Connection
  readonly inbox: Inbox
  readonly threads: Threads
  readonly drafts: Drafts
  readonly unread: UnreadCounts
  readonly $selection: ReadableAtom<Selection | null>
  readonly $thread: ReadableAtom<Thread | null>
  readonly $pane: ReadableAtom<Pane>
  readonly $focus: ReadableAtom<FocusTarget | null>
  /** How many messages and requests nobody has read. */
  readonly $unread: ReadableAtom<number>
  readonly select: (selection: Selection, focus: FocusTarget) => void
  readonly showPane: (pane: Pane, focus: FocusTarget | null) => void
  /** The focus is where it was wanted. */
  readonly focused: () => void
  /** Texts that exist on this device only. */
  readonly unsentCount: () => number
  /** Erases what this operator left on this device. */
  readonly forget: () => Promise<void>
  readonly stop: () => void
}

/** What {@link createWorkspace} works with. */
export interface WorkspaceOptions {
  readonly me: Me
  readonly site: string
  readonly api: Api
  readonly connection: Connection
  /** This tab's; null where it is denied. */
  readonly storage: Storage | null
}

/** Starts work: connects, reads both lists and follows them until `stop()`. */
export function createWorkspace({ me, site, api, connection, storage }: WorkspaceOptions): Workspace {
  const drafts = createDrafts(storage, me.id, site)
  const inbox = createInbox({ site, api, connection })
  const unread = createUnreadCounts(inbox, connection)
  const threads = createThreads({ connection, drafts, onRead: inbox.noteRead })
  const $selection = atom<Selection | null>(null)
  const $thread = atom<Thread | null>(null)
  const $pane = atom<Pane>('inbox')
  const $focus = atom<FocusTarget | null>(null)
  const $unread = computed([inbox.$rows, inbox.$reads, unread.$counts], ({ conversations, requests }, reads, counts) => {
    const messages = [...counts.values()].reduce((sum, count) => sum + count, 0)
    return messages + [...requests.values()].filter((row) => isUnreadRequest(row, readOrder(row.c, conversations, reads))).length
  })

  connection.connect()
  return {
    operatorId: me.id,
    site,
    connection,
    inbox,
    threads,
    drafts,
    unread,
    $selection,
    $thread,
    $pane,
    $focus,
    $unread,
    select: (selection, focus) => {
      $thread.set(threads.open(selection.c, readOrder(selection.c, inbox.$rows.get().conversations, inbox.$reads.get())))
      $selection.set(selection)
      $pane.set('thread')
      $focus.set(focus)
    },
    showPane: (pane, focus) => {
      $pane.set(pane)
      $focus.set(focus)
    },
    focused: () => $focus.set(null),
    unsentCount: () => drafts.$owners.get().size + connection.$outbox.get().count,
    forget: async () => {
      drafts.forget()
      await connection.reset()
    },
    stop: () => {
      unread.stop()
      inbox.stop()
      threads.stop()
      connection.destroy()
    }
  }
}

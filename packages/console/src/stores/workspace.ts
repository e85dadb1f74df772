import type { Connection } from '@porchlight/core'
import type { Me } from '@porchlight/protocol'
import { atom, computed, type ReadableAtom } from 'nanostores'
import { isUnreadRequest, readOrder } from '../inbox/unread.js'
import type { Address } from './address.js'
import type { Api } from './api.js'
import { createDrafts, type Drafts } from './drafts.js'
import { type AddressFollower, followAddress } from './follow-address.js'
import { createInbox, type Inbox } from './inbox.js'
import { createThreads, type Thread, type Threads } from './threads.js'
import { createUnreadCounts, type UnreadCounts } from './unread-counts.js'
import { watchSilence } from './watch-silence.js'

/** What is open: a conversation, or the conversation of a request. `c` is its log. */
export type Selection =
  | { readonly kind: 'conversation'; readonly id: string; readonly c: string }
  | { readonly kind: 'request'; readonly id: string; readonly c: string }

/** Where there is room for one part of the page only: which. */
export type Pane = 'inbox' | 'thread' | 'details'

/** Where the next drawing puts the focus, because the operator asked for it. Events never do. */
export type FocusTarget = 'available' | 'reply' | 'thread' | 'details' | 'row'

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
  /** Whether what the address names is found. */
  readonly $lookup: AddressFollower['$lookup']
  /** False for somebody who only watches. */
  readonly mayWrite: boolean
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
  readonly address: Address
  /** This tab's; null where it is denied. */
  readonly storage: Storage | null
  /** The operator has just come in by a form that is gone, so the focus has to go somewhere. */
  readonly takesFocus: boolean
}

/** Starts work: connects, reads both lists and follows them until `stop()`. */
export function createWorkspace({ me, site, api, connection, address, storage, takesFocus }: WorkspaceOptions): Workspace {
  const drafts = createDrafts(storage, me.id, site)
  const inbox = createInbox({ site, api, connection })
  const unread = createUnreadCounts(inbox, connection)
  const threads = createThreads({ connection, drafts, onRead: inbox.noteRead })
  const $selection = atom<Selection | null>(null)
  const $thread = atom<Thread | null>(null)
  const $pane = atom<Pane>('inbox')
  const $focus = atom<FocusTarget | null>(takesFocus ? 'available' : null)
  const $unread = computed([inbox.$rows, inbox.$reads, unread.$counts], ({ conversations, requests }, reads, counts) => {
    const messages = [...counts.values()].reduce((sum, count) => sum + count, 0)
    return messages + [...requests.values()].filter((row) => isUnreadRequest(row, readOrder(row.c, conversations, reads))).length
  })

  const show = (selection: Selection | null, focus: FocusTarget): void => {
    const order = selection && readOrder(selection.c, inbox.$rows.get().conversations, inbox.$reads.get())
    $thread.set(selection && threads.open(selection.c, order ?? 0))
    $selection.set(selection)
    $pane.set(selection ? 'thread' : 'inbox')
    $focus.set(focus)
  }

  connection.connect()
  const stopWatch = watchSilence(connection)
  const follower = followAddress({
    site,
    address,
    inbox,
    selected: $selection.get,
    open: (selection) => show(selection, selection ? entranceOfThread() : 'row'),
    onMissing: () => {
      $selection.set(null)
      $thread.set(null)
      $pane.set('thread')
      $focus.set('thread')
    }
  })
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
    $lookup: follower.$lookup,
    mayWrite: me.sites.some((each) => each.site === site && each.role !== 'viewer'),
    select: (selection, focus) => {
      show(selection, focus)
      address.go({ site, open: { kind: selection.kind, id: selection.id } })
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
      follower.stop()
      stopWatch()
      unread.stop()
      inbox.stop()
      threads.stop()
      connection.destroy()
    }
  }
}

/** Where somebody goes on who did not come by a row. A touch screen waits for a tap: its keyboard would cover the page. */
function entranceOfThread(): FocusTarget {
  return matchMedia('(pointer: coarse)').matches ? 'thread' : 'reply'
}

import type { Connection } from '@porchlight/core'
import type { Me } from '@porchlight/protocol'
import { computed, type ReadableAtom } from 'nanostores'
import { isUnreadRequest, readOrder } from '../inbox/unread.js'
import type { Address } from './address.js'
import type { Api } from './api.js'
import { createDrafts, type Drafts } from './drafts.js'
import { createInbox, type Inbox } from './inbox.js'
import { createThreads, type Threads } from './threads.js'
import { createUnreadCounts, type UnreadCounts } from './unread-counts.js'
import { createView, type View } from './view.js'
import { watchPerson } from './watch-person.js'
import { watchSilence } from './watch-silence.js'

/** One operator at work on one site. */
export interface Workspace extends Omit<View, 'leave'> {
  readonly operatorId: string
  readonly site: string
  readonly connection: Connection
  readonly inbox: Inbox
  readonly threads: Threads
  readonly drafts: Drafts
  readonly unread: UnreadCounts
  /** False for somebody who only watches. */
  readonly mayWrite: boolean
  /** How many messages and requests nobody has read. */
  readonly $unread: ReadableAtom<number>
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
  /** The device's; null where it is denied. */
  readonly storage: Storage | null
  /** The operator has just come in by a form that is gone, so the focus has to go somewhere. */
  readonly takesFocus: boolean
}

/** Starts work: connects, reads both lists and follows them until `stop()`. */
export function createWorkspace({ me, site, api, connection, address, storage, takesFocus }: WorkspaceOptions): Workspace {
  const drafts = createDrafts({ storage, operatorId: me.id, site })
  const inbox = createInbox({ site, api, connection })
  const unread = createUnreadCounts(inbox, connection)
  const mayWrite = me.sites.some((each) => each.site === site && each.role !== 'viewer')
  const threads = createThreads({ connection, drafts, onRead: inbox.noteRead })
  const $unread = computed([inbox.$rows, inbox.$reads, unread.$counts], ({ conversations, requests }, reads, counts) => {
    const messages = [...counts.values()].reduce((sum, count) => sum + count, 0)
    return messages + [...requests.values()].filter((row) => isUnreadRequest(row, readOrder(row.c, conversations, reads))).length
  })

  connection.connect()
  const stopWatch = watchSilence(connection)
  // Who only watches is given no customers.
  const stopPerson = mayWrite ? watchPerson({ connection, site, target: window }) : () => {}
  const { leave, ...view } = createView({ site, inbox, threads, address, mayWrite, takesFocus })
  return {
    operatorId: me.id,
    site,
    connection,
    inbox,
    threads,
    drafts,
    unread,
    ...view,
    $unread,
    mayWrite,
    forget: async () => {
      drafts.forget()
      await connection.reset()
    },
    stop: () => {
      leave()
      stopWatch()
      stopPerson()
      unread.stop()
      inbox.stop()
      threads.stop()
      drafts.stop()
      connection.destroy()
    }
  }
}

import type { Connection } from '@porchlight/core'
import type { Me } from '@porchlight/protocol'
import { atom, type ReadableAtom } from 'nanostores'
import type { Address } from './address.js'
import { countDrafts, eraseDrafts } from './drafts.js'
import type { Preferences } from './preferences.js'
import type { Session } from './session.js'
import type { Tabs } from './tabs.js'
import { createWorkspace, type Workspace } from './workspace.js'

/** Opens the connection of an operator to a site. */
export type Connect = (me: Me, site: string) => Connection

/** The desk an operator sits at: the session, and the work on one site at a time. */
export interface Desk {
  /** Null while nobody is signed in, or for somebody who belongs to no site. */
  readonly $workspace: ReadableAtom<Workspace | null>
  readonly chooseSite: (site: string) => void
  /** Texts that signing out would delete, on every site: drafts, and replies that have not gone out. */
  readonly countUnsent: () => Promise<number>
  /** Signs out, and erases what this operator left on this device. Rejects with a ChatError while the server cannot be told. */
  readonly signOut: () => Promise<void>
  readonly stop: () => void
}

/** What {@link createDesk} works with. */
export interface DeskOptions {
  readonly session: Session
  readonly preferences: Preferences
  readonly connect: Connect
  readonly address: Address
  readonly tabs: Tabs
  /** The device's; null where it is denied. */
  readonly storage: Storage | null
}

/** Starts a workspace for whoever signs in, and ends it when the session ends. Drafts and unsent replies stay for the same operator. */
export function createDesk({ session, preferences, connect, address, tabs, storage }: DeskOptions): Desk {
  const $workspace = atom<Workspace | null>(null)
  let stopWatching = (): void => {}
  let hasForm = false

  const leave = (): void => {
    stopWatching()
    $workspace.get()?.stop()
    $workspace.set(null)
  }

  const enter = (me: Me): void => {
    const wishes = [address.$place.get()?.site, preferences.site(), me.sites[0]?.site]
    const site = wishes.find((wish) => me.sites.some((each) => each.site === wish)) ?? undefined
    const current = $workspace.get()
    if (current && current.operatorId === me.id && current.site === site) return
    leave()
    if (site === undefined) return
    const workspace = createWorkspace({
      me,
      site,
      api: session.api,
      connection: connect(me, site),
      address,
      storage,
      takesFocus: hasForm || current !== null
    })
    hasForm = false
    stopWatching = watch(workspace, session)
    $workspace.set(workspace)
  }

  const look = (): void => {
    const state = session.$session.get()
    if (state.state === 'signed-in') enter(state.me)
    else {
      hasForm = state.state !== 'loading'
      leave()
    }
  }

  const forgetHere = (operatorId: string): void => {
    eraseDrafts(storage, operatorId)
    address.clear()
  }

  /** Asks what belongs to the other sites of whoever is signed in: each has an outbox of its own on this device. */
  const askElsewhere = async (ask: (connection: Connection) => Promise<number>): Promise<number> => {
    const state = session.$session.get()
    if (state.state !== 'signed-in') return 0
    const { me } = state
    const others = me.sites.filter(({ site }) => site !== $workspace.get()?.site).map(({ site }) => connect(me, site))
    const counts = await Promise.all(others.map((connection) => ask(connection).finally(connection.destroy)))
    return counts.reduce((sum, count) => sum + count, 0)
  }

  const stops = [
    session.$session.subscribe(look),
    address.$place.listen(look),
    tabs.onLeave((operatorId) => {
      if (session.leave(operatorId)) forgetHere(operatorId)
    })
  ]

  return {
    $workspace,
    chooseSite: (site) => {
      preferences.setSite(site)
      address.go({ site, open: null })
    },
    countUnsent: async () => {
      const workspace = $workspace.get()
      if (!workspace) return 0
      const { operatorId, connection, drafts } = workspace
      // Where storage is denied or full, at least those of the site on show.
      const draftCount = Math.max(drafts.$owners.get().size, countDrafts(storage, operatorId))
      return draftCount + connection.$outbox.get().count + (await askElsewhere(({ countUnsent }) => countUnsent()))
    },
    signOut: async () => {
      const workspace = $workspace.get()
      const state = session.$session.get()
      await session.signOut(async () => {
        await workspace?.forget()
        await askElsewhere(({ reset }) => reset())
        if (state.state !== 'signed-in') return
        forgetHere(state.me.id)
        tabs.tellLeave(state.me.id)
      })
    },
    stop: () => {
      for (const stop of stops) stop()
      leave()
    }
  }
}

/** Carries over what the connection learns about the session: that it ended, and what this operator chose in another tab. */
function watch(workspace: Workspace, session: Session): () => void {
  let reported: boolean | undefined
  const stops = [
    workspace.connection.$connection.subscribe(({ state, error }) => {
      if (state === 'failed' && (error?.code === 'unauthorized' || error?.code === 'auth_expired')) session.expire()
    }),
    workspace.inbox.$rows.subscribe(({ operators }) => {
      const own = operators.get(workspace.operatorId)?.available
      if (own !== undefined && own !== reported) session.noteAvailable(own)
      reported = own
    })
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

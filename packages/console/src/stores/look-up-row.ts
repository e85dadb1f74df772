import { isChatError } from '@porchlight/protocol'
import type { WritableAtom } from 'nanostores'
import { type InboxRows, withConversation, withRequest } from '../inbox/apply-inbox-event.js'
import type { OpenedThing } from './address.js'
import type { Api } from './api.js'
import { readConversationRow, readRequestRow } from './read-rows.js'

/** Rows that are too old for a snapshot of the lists, read one by one. */
export interface RowLookup {
  /** Takes a row in. False: the site has none. Rejects with a ChatError while the server cannot be asked. */
  readonly find: (thing: OpenedThing) => Promise<boolean>
  /** Whether a row was asked for by its id. */
  readonly hasAsked: (id: string) => boolean
  /** Reads what was found before once more, where a new snapshot is too short for it. */
  readonly again: () => void
}

/** What {@link createRowLookup} works with. */
export interface RowLookupOptions {
  /** The site's part of the API. */
  readonly path: string
  readonly api: Api
  readonly $rows: WritableAtom<InboxRows>
}

/** Reads single rows into the lists, a request with its conversation. What is in them when the answer comes was told by the inbox log meanwhile, and is newer. */
export function createRowLookup({ path, api, $rows }: RowLookupOptions): RowLookup {
  const asked = new Map<string, OpenedThing>()

  const isHere = ({ kind, id }: OpenedThing): boolean => $rows.get()[`${kind}s`].has(id)

  const takeIn = async (thing: OpenedThing): Promise<void> => {
    const rowPath = `${path}/${thing.kind}s/${encodeURIComponent(thing.id)}`
    if (thing.kind === 'conversation') {
      const row = await api.get(rowPath, readConversationRow)
      if (!isHere(thing)) $rows.set(withConversation($rows.get(), row))
    } else {
      const row = await api.get(rowPath, readRequestRow)
      // Whether it is closed, and how far it was read, stands in the row of its conversation.
      const conversation = { kind: 'conversation', id: row.c } as const
      if (!isHere(conversation)) await find(conversation).catch(() => false)
      if (!isHere(thing)) $rows.set(withRequest($rows.get(), row))
    }
  }

  const find = async (thing: OpenedThing): Promise<boolean> => {
    asked.set(thing.id, thing)
    try {
      await takeIn(thing)
      return true
    } catch (error) {
      asked.delete(thing.id)
      if (isChatError(error) && error.retry === 'never') return false
      throw error
    }
  }

  return {
    find,
    hasAsked: (id) => asked.has(id),
    again: () => {
      for (const thing of asked.values()) if (!isHere(thing)) void takeIn(thing).catch(() => undefined)
    }
  }
}

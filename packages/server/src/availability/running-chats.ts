import type { ConversationRow } from '@porchlight/protocol'
import type { RunningChat } from '../store/conversation-rows.js'
import type { StoredEvent } from '../store/stored-event.js'

/** Which customers of a site are in a chat with whom. */
export interface RunningChats {
  readonly load: (site: string, chats: readonly RunningChat[]) => void
  /** Takes what a commit said about conversations; the sites where somebody's chat began, moved or ended. */
  readonly apply: (events: readonly StoredEvent[]) => ReadonlySet<string>
  /** Customers whose chat passes a test. */
  readonly visitorsOf: (site: string, test: (chat: RunningChat) => boolean) => ReadonlySet<string>
}

/** Follows running chats in memory, by what the inbox logs say. */
export function createRunningChats(): RunningChats {
  const sites = new Map<string, Map<string, RunningChat>>()
  const chatsOf = (site: string): Map<string, RunningChat> => {
    const known = sites.get(site) ?? new Map<string, RunningChat>()
    sites.set(site, known)
    return known
  }

  /** Returns whether anything is different now. */
  function applyRow(site: string, { c, chat, state, visitor, assignee, department }: ConversationRow): boolean {
    const chats = chatsOf(site)
    const operator = chat && state === 'open' ? assignee?.id : undefined
    if (chats.get(c)?.operator === operator) return false
    if (operator === undefined) chats.delete(c)
    else chats.set(c, { c, visitor: visitor.id, operator, department })
    return true
  }

  return {
    load: (site, chats) => {
      for (const chat of chats) chatsOf(site).set(chat.c, chat)
    },
    apply: (events) => {
      const changed = new Set<string>()
      for (const { site, k, data } of events) {
        if (k === 'conversation.changed' && applyRow(site, data as unknown as ConversationRow)) changed.add(site)
      }
      return changed
    },
    visitorsOf: (site, test) => new Set([...chatsOf(site).values()].filter(test).map(({ visitor }) => visitor))
  }
}

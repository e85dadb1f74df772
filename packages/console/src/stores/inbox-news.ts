import type { InboxRows } from '../inbox/apply-inbox-event.js'
import type { Inbox } from './inbox.js'

/** What came in together: how many conversations and requests that were not there before, and how many others that a customer wrote in. */
export interface InboxNews {
  readonly conversations: number
  readonly requests: number
  readonly messages: number
}

/** What {@link watchInboxNews} works with. */
export interface InboxNewsOptions {
  readonly inbox: Inbox
  /** Whether a conversation is on show: what arrives there is told with its words, by others. */
  readonly isOpen: (c: string) => boolean
  readonly tell: (news: InboxNews) => void
}

/** Arrivals within this are told in one sentence. */
const togetherMs = 1_500

interface Seen {
  /** When the customer's newest message came, by conversation; 0 where an operator has the last word. */
  readonly conversations: ReadonlyMap<string, number>
  readonly requests: ReadonlySet<string>
}

/** Tells of what comes in, several that come together as one. What was there at the start is not news. Returns its stop. */
export function watchInboxNews({ inbox, isOpen, tell }: InboxNewsOptions): () => void {
  let seen: Seen | null = null
  let conversations = new Set<string>()
  let requests = new Set<string>()
  let written = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const note = (before: Seen, now: Seen): void => {
    for (const id of now.requests) if (!before.requests.has(id) && !inbox.wasLookedUp(id)) requests.add(id)
    for (const [c, at] of now.conversations) {
      const known = before.conversations.get(c)
      if (known === undefined) {
        if (!inbox.wasLookedUp(c)) conversations.add(c)
      } else if (at > known && !conversations.has(c) && !isOpen(c)) written.add(c)
    }
    if (conversations.size + requests.size + written.size > 0) timer ??= setTimeout(say, togetherMs)
  }

  const look = (rows: InboxRows): void => {
    if (inbox.$state.get() !== 'ready') return
    const now = seenIn(rows)
    if (seen) note(seen, now)
    seen = now
  }
  const say = (): void => {
    timer = undefined
    tell({ conversations: conversations.size, requests: requests.size, messages: written.size })
    conversations = new Set()
    requests = new Set()
    written = new Set()
  }

  const stops = [inbox.$state.listen(() => look(inbox.$rows.get())), inbox.$rows.listen(look)]
  look(inbox.$rows.get())
  return () => {
    clearTimeout(timer)
    for (const stop of stops) stop()
  }
}

function seenIn({ conversations, requests }: InboxRows): Seen {
  const chats = [...conversations.values()].filter(({ chat }) => chat)
  return {
    conversations: new Map(chats.map(({ c, preview }) => [c, preview?.by === 'visitor' ? preview.at : 0])),
    requests: new Set([...requests.values()].filter(({ spam }) => !spam).map(({ id }) => id))
  }
}

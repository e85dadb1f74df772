import type { InboxRows } from '../inbox/apply-inbox-event.js'
import type { Inbox } from './inbox.js'

/** What came in together: how many conversations and requests that were not there before. */
export interface InboxNews {
  readonly conversations: number
  readonly requests: number
}

/** Arrivals within this are told in one sentence. */
const togetherMs = 1_500

/** Tells of new rows, several that come together as one. What was there at the start is not news. Returns its stop. */
export function watchInboxNews(inbox: Inbox, tell: (news: InboxNews) => void): () => void {
  let known: { readonly conversations: ReadonlySet<string>; readonly requests: ReadonlySet<string> } | null = null
  let news: InboxNews = { conversations: 0, requests: 0 }
  let timer: ReturnType<typeof setTimeout> | undefined

  const look = (rows: InboxRows): void => {
    if (inbox.$state.get() !== 'ready') return
    const now = idsOf(rows)
    if (known) {
      news = {
        conversations: news.conversations + countNew(now.conversations, known.conversations),
        requests: news.requests + countNew(now.requests, known.requests)
      }
      if (news.conversations + news.requests > 0) timer ??= setTimeout(say, togetherMs)
    }
    known = now
  }
  const say = (): void => {
    timer = undefined
    tell(news)
    news = { conversations: 0, requests: 0 }
  }

  const stops = [inbox.$state.listen(() => look(inbox.$rows.get())), inbox.$rows.listen(look)]
  look(inbox.$rows.get())
  return () => {
    clearTimeout(timer)
    for (const stop of stops) stop()
  }
}

function idsOf({ conversations, requests }: InboxRows): { readonly conversations: ReadonlySet<string>; readonly requests: ReadonlySet<string> } {
  return {
    conversations: new Set([...conversations.values()].filter(({ chat }) => chat).map(({ c }) => c)),
    requests: new Set([...requests.values()].filter(({ spam }) => !spam).map(({ id }) => id))
  }
}

function countNew(now: ReadonlySet<string>, before: ReadonlySet<string>): number {
  return [...now].filter((id) => !before.has(id)).length
}

import { createNarrator, type NarratorDetails } from './narrate.js'
import type { PanelHost } from './panel.types.js'
import { reportMessages, reportStates } from './report-events.js'
import { watchMessages } from './watch-messages.js'

/** What a panel tells the page and people who listen. */
export interface ChatFollower {
  /** From now on what comes is news, and no longer what was there. */
  readonly listen: () => void
  readonly stop: () => void
}

export function followChat({ emit, ...details }: NarratorDetails & Pick<PanelHost, 'emit'>): ChatFollower {
  const { chat } = details
  const narrator = createNarrator(details)
  let isHistory = true
  const stops = [
    narrator.stop,
    reportStates(chat, emit),
    watchMessages(
      chat,
      () => isHistory,
      (news) => {
        reportMessages(emit, news)
        narrator.tell(news)
      }
    )
  ]
  return {
    listen() {
      isHistory = false
    },
    stop() {
      for (const stop of stops) stop()
    }
  }
}

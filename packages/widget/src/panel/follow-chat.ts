import { createNarrator, type NarratorDetails } from './narrate.js'
import { watchMessages } from './watch-messages.js'

/** What a panel tells people who listen. */
export interface ChatFollower {
  /** From now on what comes is news, and no longer what was there. */
  readonly listen: () => void
  readonly stop: () => void
}

export function followChat(details: NarratorDetails): ChatFollower {
  const narrator = createNarrator(details)
  let isHistory = true
  const stops = [narrator.stop, watchMessages(details.chat, () => isHistory, narrator.tell)]
  return {
    listen() {
      isHistory = false
    },
    stop() {
      for (const stop of stops) stop()
    }
  }
}

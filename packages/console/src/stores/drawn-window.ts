import type { Log } from '@porchlight/core'
import { atom, type ReadableAtom } from 'nanostores'

/** Which part of a log is drawn: a run up to its newest entry. What is far above costs nothing until somebody asks for it. */
export interface DrawnWindow {
  /** Order of the first entry that is drawn; 0 when all that are held are. */
  readonly $first: ReadableAtom<number>
  /** Draws more, from memory first and then from the server. Resolves to how many entries were added. */
  readonly showOlder: () => Promise<number>
  /** Somebody comes back to the end of the log. */
  readonly restart: () => void
  /** Somebody who went far up is at the end again. */
  readonly trim: () => void
}

const pageSize = 50
/** Drawn when a conversation is taken up again at its end, so that switching between long ones is instant … */
const atStart = 100
/** … and while it is read: more nodes make typing slow. */
const most = 300

/** The window of one log; at first all of the little that was read. */
export function createDrawnWindow(log: Pick<Log, '$messages' | 'loadOlder'>): DrawnWindow {
  const $first = atom(0)
  const countDrawn = (): number => log.$messages.get().filter(({ order }) => order >= $first.get()).length
  const restart = (): void => {
    const messages = log.$messages.get()
    if (messages.length > atStart) $first.set(messages.at(-atStart)?.order ?? 0)
  }
  return {
    $first,
    showOlder: async () => {
      const before = countDrawn()
      if (before < log.$messages.get().length) $first.set(log.$messages.get().at(-before - pageSize)?.order ?? 0)
      else {
        $first.set(0)
        await log.loadOlder()
      }
      return countDrawn() - before
    },
    restart,
    trim: () => {
      if (countDrawn() > most) restart()
    }
  }
}

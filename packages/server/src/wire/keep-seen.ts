import type { VisitorSubject } from '../chat/subject.js'
import { errorFacts } from '../log.js'
import type { WireContext } from './wire-context.js'

/** Half of the time after which an absent customer no longer counts as somebody's load. */
const everyMs = 300_000
/** Where the disk did not take it, often enough to be in time all the same: there are too many visitors to take every note from a slow disk. */
const againMs = 30_000

/** Notes again and again that a connected visitor is here. Returns its stop. */
export function keepSeen({ clock, db, log }: Pick<WireContext, 'clock' | 'db' | 'log'>, { site, id }: VisitorSubject): () => void {
  let isOver = false
  let stop: () => void = () => {}

  async function note(): Promise<void> {
    const isNoted = await db.write('visitor.see', { site, visitor: id }, clock.now()).then(
      () => true,
      (error) => {
        log.warn(errorFacts(error), 'a visitor was not noted as seen')
        return false
      }
    )
    if (!isOver) waitFor(isNoted ? everyMs : againMs)
  }

  function waitFor(delayMs: number): void {
    stop = clock.setTimer(() => void note(), delayMs)
  }

  waitFor(everyMs)
  return () => {
    isOver = true
    stop()
  }
}

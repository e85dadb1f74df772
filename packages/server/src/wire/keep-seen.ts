import type { VisitorSubject } from '../chat/subject.js'
import { errorFacts } from '../log.js'
import type { WireContext } from './wire-context.js'

/** Half of the time after which an absent customer no longer counts as somebody's load. */
const everyMs = 300_000

/** Notes again and again that a connected visitor is here. Returns its stop. */
export function keepSeen({ clock, db, log }: WireContext, { site, id }: VisitorSubject): () => void {
  let stop: () => void
  function next(): void {
    stop = clock.setTimer(() => {
      db.write('visitor.see', { site, visitor: id }, clock.now()).catch((error) => {
        log.warn(errorFacts(error), 'a visitor was not noted as seen')
      })
      next()
    }, everyMs)
  }
  next()
  return () => stop()
}

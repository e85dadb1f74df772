import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.js'
import { errorFacts } from '../log.js'
import type { Db } from './database.js'

/** What tidying works with. */
export interface KeepTidyOptions {
  readonly db: Db
  readonly clock: Clock
  readonly log: FastifyBaseLogger
}

const everyMs = 3_600_000

/** Drops, every hour, what has ended and nobody will ask for again. Returns its stop. */
export function keepTidy({ db, clock, log }: KeepTidyOptions): () => void {
  let stop: () => void
  function next(): void {
    stop = clock.setTimer(() => {
      db.write('visitor.dropEndedTokens', null, clock.now()).catch((error) => log.warn(errorFacts(error), 'tidying failed'))
      next()
    }, everyMs)
  }
  next()
  return () => stop()
}

import { readAnswerWaits } from '../store/answer-store.js'
import type { Db } from '../store/database.js'
import { answerTimes } from './answer-times.js'

/** How long a new customer of a department, or else of the whole site, has to expect to wait, in milliseconds; undefined where too few were answered lately to know. */
export type ExpectedWaits = (site: string, department: string | null, nowMs: number) => Promise<number | undefined>

const dayMs = 86_400_000
const minuteMs = 60_000
/** Looked up at most this often: the light is looked at with each chat that comes or ends, and minutes do not change so fast. */
const keptMs = 30_000
const maxWaits = 1_000

/** Tells the middle wait of the last day's first answers, in whole minutes, rounded up: nobody who is told one minute waits two. */
export function createExpectedWaits(db: Pick<Db, 'query'>): ExpectedWaits {
  const kept = new Map<string, { readonly atMs: number; readonly waitMs: number | undefined }>()
  return async (site, department, nowMs) => {
    const key = JSON.stringify([site, department])
    const known = kept.get(key)
    // A clock that was set back makes nothing fresh for ever.
    if (known && Math.abs(nowMs - known.atMs) < keptMs) return known.waitMs
    const waitsMs = await readAnswerWaits(site, db.query, {
      kind: 'chat',
      sinceMs: nowMs - dayMs,
      limit: maxWaits,
      ...(department === null ? {} : { department })
    })
    const { medianMs } = answerTimes(waitsMs, 0)
    const waitMs = medianMs === null ? undefined : Math.max(1, Math.ceil(medianMs / minuteMs)) * minuteMs
    kept.set(key, { atMs: nowMs, waitMs })
    return waitMs
  }
}

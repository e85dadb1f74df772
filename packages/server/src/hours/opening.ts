import type { OpenTime, SiteHours } from '@porchlight/protocol'
import { ruleOf } from './day-rule.js'
import { findWallTime, type Offset } from './wall-time.js'

/** Whether a site is open at an instant, and until when that holds. */
export type Opening =
  | {
      readonly isOpen: true
      /** Missing where it does not close within the days that are looked at. */
      readonly closesAt?: number
    }
  | {
      readonly isOpen: false
      /** `exception`: an exception or a holiday has closed the day. */
      readonly reason: 'hours' | 'exception'
      /** Missing where it does not open within the days that are looked at. */
      readonly opensAt?: number
      /** When it closed last; missing where that is more than a day ago. */
      readonly closedAt?: number
    }

/** Open from the first instant to before the second. */
export interface Span {
  readonly fromMs: number
  readonly untilMs: number
}

const dayMs = 86_400_000
const minuteMs = 60_000
/** What began on the day before may go on. One more day, for clocks that skip one. */
const daysBack = 2
/** How far ahead the next change is looked for. */
const daysAhead = 60

/**
 * Whether hours are open at an instant, by the clocks of their zone. Where clocks go forward, what lies in the gap begins and ends with its end; where they
 * go back, a time that they show twice begins with the first and ends with the last.
 */
export function openingAt(hours: SiteHours, nowMs: number, offset: Offset): Opening {
  const today = Math.floor((nowMs + offset(nowMs)) / dayMs)
  let closedAt: number | undefined
  let present: Span | undefined
  for (const span of spansFrom(hours, today, offset)) {
    if (span.untilMs <= nowMs) closedAt = Math.max(span.untilMs, closedAt ?? span.untilMs)
    else if (!present && span.fromMs > nowMs) return closed(hours, today, { closedAt, opensAt: span.fromMs })
    else if (!present || span.fromMs <= present.untilMs) present = { ...span, untilMs: Math.max(span.untilMs, present?.untilMs ?? 0) }
    else return { isOpen: true, closesAt: present.untilMs }
  }
  if (!present) return closed(hours, today, { closedAt })
  const isEndless = present.untilMs > nowMs + (daysAhead - 1) * dayMs
  return isEndless ? { isOpen: true } : { isOpen: true, closesAt: present.untilMs }
}

interface Change {
  readonly closedAt: number | undefined
  readonly opensAt?: number
}

function closed(hours: SiteHours, today: number, { closedAt, ...next }: Change): Opening {
  const reason = ruleOf(hours, today).isException ? 'exception' : 'hours'
  return { isOpen: false, reason, ...next, ...(closedAt === undefined ? {} : { closedAt }) }
}

/** What is open from the day before yesterday on, in the order of its beginning. */
function* spansFrom(hours: SiteHours, today: number, offset: Offset): Generator<Span> {
  for (let day = today - daysBack; day <= today + daysAhead; day++) yield* spansOn(hours, day, offset)
}

/**
 * What begins on a day, in the order of its beginning. What lies within a gap of the clocks is not there.
 *
 * @param day Days since 1 January 1970, in the zone of the hours.
 */
export function spansOn(hours: SiteHours, day: number, offset: Offset): readonly Span[] {
  const times = [...ruleOf(hours, day).open].sort((a, b) => (a.from < b.from ? -1 : 1))
  return times.map((time) => spanOf(time, day, offset)).filter(({ fromMs, untilMs }) => fromMs < untilMs)
}

function spanOf({ from, to }: OpenTime, day: number, offset: Offset): Span {
  const fromWallMs = day * dayMs + minutesOf(from) * minuteMs
  const toWallMs = day * dayMs + minutesOf(to) * minuteMs
  const endWallMs = toWallMs > fromWallMs ? toWallMs : toWallMs + dayMs
  return { fromMs: findWallTime(fromWallMs, offset).reachedMs, untilMs: findWallTime(endWallMs, offset).passedMs }
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

import type { HoursPreview, PreviewedDay, PreviewedTime, SiteHours } from '@porchlight/protocol'
import { ruleOf } from './day-rule.js'
import { type Span, spansOn } from './opening.js'
import { findWallTime, type Offset } from './wall-time.js'

const dayMs = 86_400_000
/** Two weeks: each day of the week in its usual form and beside an exception. */
const daysShown = 14

/** What customers will see of hours in the two weeks from now on, told by the same spans that open and close a site. */
export function previewHours(hours: SiteHours, nowMs: number, offset: Offset): HoursPreview {
  const today = Math.floor((nowMs + offset(nowMs)) / dayMs)
  const days: PreviewedDay[] = []
  for (let day = today; days.length < daysShown; day++) {
    const startsAt = beginningOf(day, offset)
    const endsAt = beginningOf(day + 1, offset)
    // A zone that moves over the date line has no such day.
    if (startsAt === endsAt) continue
    const running = day === today ? spansOn(hours, day - 1, offset).filter(({ untilMs }) => untilMs > startsAt) : []
    const open = joined([...running, ...spansOn(hours, day, offset)]).map((span) => previewed(span, offset))
    days.push({ date: localTime(day * dayMs).slice(0, 10), startsAt, endsAt, isException: ruleOf(hours, day).isException, open })
  }
  return { zone: hours.zone, days }
}

/** From this instant on the clocks show that day, and none before it any more. */
function beginningOf(day: number, offset: Offset): number {
  return findWallTime(day * dayMs, offset).passedMs
}

/** What touches or overlaps is one: nobody sees it close in between. */
function joined(spans: readonly Span[]): readonly Span[] {
  const apart: Span[] = []
  for (const span of spans) {
    const last = apart.at(-1)
    if (!last || span.fromMs > last.untilMs) apart.push(span)
    else apart[apart.length - 1] = { fromMs: last.fromMs, untilMs: Math.max(last.untilMs, span.untilMs) }
  }
  return apart
}

function previewed({ fromMs, untilMs }: Span, offset: Offset): PreviewedTime {
  return { startsAt: fromMs, endsAt: untilMs, localStart: localTime(fromMs + offset(fromMs)), localEnd: localTime(untilMs + offset(untilMs)) }
}

function localTime(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 16)
}

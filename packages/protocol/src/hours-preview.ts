import * as v from 'valibot'
import { type SiteHours, SiteHoursSchema } from './hours.js'
import { flag, milliseconds, type Schema, word } from './schema.js'

/** Body of `POST /api/sites/:site/hours/preview`: hours that are not kept, only looked at. */
export interface HoursPreviewBody {
  readonly hours: SiteHours
}

/** Schema of {@link HoursPreviewBody}. What it refuses has the same places as in a change of the site. */
export const HoursPreviewBodySchema: Schema<HoursPreviewBody> = v.object({ hours: SiteHoursSchema })

/** From one instant to before another, in milliseconds since 1970, beside what the clocks of the zone show then. */
export interface PreviewedTime {
  readonly startsAt: number
  readonly endsAt: number
  /** `YYYY-MM-DDTHH:MM`, so that nobody needs the rules of the zone to show it. */
  readonly localStart: string
  /** As `localStart`; midnight at the end of a day is the next day's `T00:00`. */
  readonly localEnd: string
}

/** One day of a zone, from its first instant to before the next day's, with what is open. A day on which clocks change is longer or shorter than 24 hours. */
export interface PreviewedDay {
  /** `YYYY-MM-DD`. */
  readonly date: string
  readonly startsAt: number
  readonly endsAt: number
  /** An exception or a holiday made it, not the week. */
  readonly isException: boolean
  /** What begins on it; on the first day also what goes on from the day before. Empty: closed. */
  readonly open: readonly PreviewedTime[]
}

/** Answer of `POST /api/sites/:site/hours/preview`: the days from today on, in the zone of the hours. */
export interface HoursPreview {
  readonly zone: string
  readonly days: readonly PreviewedDay[]
}

/** Schema of {@link HoursPreview}. */
export const HoursPreviewSchema: Schema<HoursPreview> = v.object({
  zone: word,
  days: v.array(
    v.object({
      ...{ date: word, startsAt: milliseconds, endsAt: milliseconds, isException: flag },
      open: v.array(v.object({ startsAt: milliseconds, endsAt: milliseconds, localStart: word, localEnd: word }))
    })
  )
})

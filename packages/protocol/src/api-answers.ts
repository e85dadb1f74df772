import * as v from 'valibot'
import { count, type EntriesOf, milliseconds, type Schema } from './schema.js'

/** How soon a site means to answer. */
export interface AnswerTargets {
  /** A chat: milliseconds from a customer's text to an operator's. */
  readonly firstAnswerTargetMs: number
  /** A request: milliseconds from leaving it to an operator's text. */
  readonly requestTargetMs: number
}

/** What holds where a site has set nothing: two minutes, and eight hours. */
export const defaultAnswerTargets: AnswerTargets = { firstAnswerTargetMs: 120_000, requestTargetMs: 28_800_000 }

const minTargetMs = 1_000
/** Thirty days. */
const maxTargetMs = 2_592_000_000

/** One target as somebody sets it: whole milliseconds, a second to thirty days. */
export const answerTargetMs: Schema<number> = v.pipe(v.number(), v.integer(), v.minValue(minTargetMs), v.maxValue(maxTargetMs))

/** The fields of {@link AnswerTargets}, for schemas that hold them among others. */
export const answerTargetEntries: EntriesOf<AnswerTargets> = { firstAnswerTargetMs: milliseconds, requestTargetMs: milliseconds }

/** Schema of {@link AnswerTargets}. */
export const AnswerTargetsSchema: Schema<AnswerTargets> = v.object(answerTargetEntries)

/** How long customers waited for a first answer. Numbers that fewer than five waits would make are null. */
export interface AnswerTimes {
  /** Waits that have ended with an answer. */
  readonly count: number
  /** The middle one, in milliseconds. */
  readonly medianMs: number | null
  /** What nine of ten did not exceed, in milliseconds. */
  readonly p90Ms: number | null
  /** How many of them ended within `targetMs`, as a share from 0 to 1. */
  readonly shareWithinTarget: number | null
  readonly targetMs: number
}

/** Schema of {@link AnswerTimes}. */
export const AnswerTimesSchema: Schema<AnswerTimes> = v.object({
  count,
  medianMs: v.nullable(milliseconds),
  p90Ms: v.nullable(milliseconds),
  shareWithinTarget: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  targetMs: milliseconds
})

/** Answer of `GET /api/sites/:site/first-answers`: waits that ended since an instant, the newest 10,000 of each kind. */
export interface FirstAnswers {
  readonly since: number
  readonly chats: AnswerTimes
  readonly requests: AnswerTimes
}

/** Schema of {@link FirstAnswers}. */
export const FirstAnswersSchema: Schema<FirstAnswers> = v.object({ since: milliseconds, chats: AnswerTimesSchema, requests: AnswerTimesSchema })

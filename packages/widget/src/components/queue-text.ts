import type { QueueView } from '@porchlight/core'
import type { I18n } from '@porchlight/ui'
import type { TextKey } from '../panel/panel-context.js'

const minuteMs = 60_000
const shownMinutes = [1, 2, 3, 5, 10, 15]

/** A wait as it is said: rounded up to a step people think in, or that it is longer than the last. */
export function waitText(waitMs: number, i18n: I18n<TextKey>): string {
  const minutes = shownMinutes.find((step) => waitMs <= step * minuteMs)
  return minutes === undefined ? i18n.text('queue.waitLong') : i18n.text('queue.wait', { duration: i18n.minutes(minutes) })
}

/** A place in line, and how long it takes where that is known. */
export function queueText({ position, estimateMs }: QueueView, i18n: I18n<TextKey>): string {
  const place = i18n.text('queue.position', { n: position })
  return estimateMs === null ? place : `${place}. ${waitText(estimateMs, i18n)}`
}

import type { ConversationRow, RequestRow } from '@porchlight/protocol'
import { formatUnit, wholeUnits } from '../stores/duration.js'
import type { ConsoleI18n } from '../stores/language.js'
import { isUnanswered, isWaiting } from './row-order.js'

/** State and waiting time of a row, in words, and how loudly to say it. */
export interface RowWords {
  readonly tone: 'waiting' | 'late' | 'calm' | 'done'
  readonly state: string
}

/** A time that somebody waits or has left, in words. */
function waitWords(i18n: ConsoleI18n, waitMs: number): string {
  const wait = wholeUnits(waitMs)
  return wait === null ? i18n.text('row.underAMinute') : formatUnit(i18n.locale, wait.count, wait.unit)
}

/** What a wait is measured with. */
export interface WaitClock {
  /** Milliseconds since 1970. */
  readonly now: number
  /** From this wait on it is late, in colour and in words. */
  readonly targetMs: number
}

/** What a row of "Conversations" says of its state. */
export function conversationWords(i18n: ConsoleI18n, row: ConversationRow, { now, targetMs }: WaitClock): RowWords {
  if (row.state === 'closed') return { tone: 'done', state: i18n.text('row.closed') }
  if (!isWaiting(row)) return { tone: 'calm', state: i18n.text(row.preview === null ? 'thread.open' : 'row.answered') }
  const waitMs = Math.max(0, now - row.waitingSince)
  const isLate = waitMs >= targetMs
  return { tone: isLate ? 'late' : 'waiting', state: i18n.text(isLate ? 'row.late' : 'row.waiting', { duration: waitWords(i18n, waitMs) }) }
}

/** What a row of "Requests" says of its state. A request may wait for hours; only a missed promise makes it urgent. */
export function requestWords(i18n: ConsoleI18n, row: RequestRow, { now, targetMs }: WaitClock): RowWords {
  const state = i18n.text(`request.state.${row.state}`)
  if (!isUnanswered(row)) return { tone: 'done', state }
  const waitMs = Math.max(0, now - row.createdAt)
  const isLate = row.due === null ? waitMs >= targetMs : now >= row.due
  const waiting =
    row.due === null
      ? i18n.text(isLate ? 'row.late' : 'row.waiting', { duration: waitWords(i18n, waitMs) })
      : i18n.text(isLate ? 'row.lateBy' : 'row.dueIn', { duration: waitWords(i18n, Math.abs(now - row.due)) })
  return { tone: isLate ? 'late' : row.spam ? 'calm' : 'waiting', state: `${state} · ${waiting}` }
}

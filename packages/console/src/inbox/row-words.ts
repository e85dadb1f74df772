import type { ConversationRow, RequestRow } from '@porchlight/protocol'
import { formatUnit, wholeUnits } from '../stores/duration.js'
import type { ConsoleI18n } from '../stores/language.js'
import { isUnanswered, isWaiting } from './row-order.js'

/** From this wait on a customer waits long, in colour and in words: the third minute is when people begin to leave. */
const longWaitMs = 3 * 60_000

/** State and waiting time of a row, in words, and how loudly to say it. */
export interface RowWords {
  readonly tone: 'waiting' | 'long' | 'calm' | 'done'
  readonly state: string
}

/** How long somebody waits, in words. */
function waitWords(i18n: ConsoleI18n, waitMs: number): string {
  const wait = wholeUnits(waitMs)
  return wait === null ? i18n.text('row.underAMinute') : formatUnit(i18n.locale, wait.count, wait.unit)
}

/** What a row of "Conversations" says of its state. */
export function conversationWords(i18n: ConsoleI18n, row: ConversationRow, now: number): RowWords {
  if (row.state === 'closed') return { tone: 'done', state: i18n.text('row.closed') }
  if (!isWaiting(row)) return { tone: 'calm', state: i18n.text(row.preview === null ? 'thread.open' : 'row.answered') }
  const waitMs = Math.max(0, now - row.waitingSince)
  const isLong = waitMs >= longWaitMs
  return { tone: isLong ? 'long' : 'waiting', state: i18n.text(isLong ? 'row.waitingLong' : 'row.waiting', { duration: waitWords(i18n, waitMs) }) }
}

/** What a row of "Requests" says of its state. A request may wait for hours; only a missed promise makes it urgent. */
export function requestWords(i18n: ConsoleI18n, row: RequestRow, now: number): RowWords {
  const state = i18n.text(`request.state.${row.state}`)
  if (!isUnanswered(row)) return { tone: 'done', state }
  const isLate = row.due !== null && now > row.due
  const waiting = i18n.text(isLate ? 'row.waitingLong' : 'row.waiting', { duration: waitWords(i18n, Math.max(0, now - row.createdAt)) })
  return { tone: isLate ? 'long' : row.spam ? 'calm' : 'waiting', state: `${state} · ${waiting}` }
}

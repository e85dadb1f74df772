import type { HistoryPage, HistoryQuery, LogState } from '@porchlight/core'
import type { LogEvent, PageFrame } from '@porchlight/protocol'
import type { Link } from './link.js'
import { messageOf } from './translate.js'

/** Longest wait for a `page`. */
const pageMs = 10_000

/** Reads a log in either direction with the wire's one question, which only goes forward. */
export function createHistory(link: Link): (query: HistoryQuery) => Promise<HistoryPage> {
  let count = 0

  const read = async (c: string, from: number, more: { limit: number; sub?: true; epoch?: string }): Promise<PageFrame> => {
    const rid = `f${++count}`
    const page = await link.ask<'page'>(rid, { t: 'fetch', rid, c, from, ...more }, pageMs)
    link.logs.set(c, { ...link.logs.get(c), ...logOf(page) })
    for (const cursor of page.cursors) link.emit({ type: 'receipt', c, ...cursor })
    return page
  }

  /** Everything from `from` up to and with `to`: a page is also bounded in bytes, so it may take several. */
  const readRange = async (c: string, from: number, to: number, sub: { sub?: true }): Promise<{ page: PageFrame; events: readonly LogEvent[] }> => {
    let page = await read(c, from, { ...sub, limit: to - from + 1 })
    const events = [...page.events]
    for (let next = nextOf(events); page.more && page.events.length > 0 && next <= to; next = nextOf(events)) {
      page = await read(c, next, { limit: to - next + 1 })
      events.push(...page.events)
    }
    return { page, events }
  }

  return async ({ c, after, before, limit, subscribe }) => {
    const sub = subscribe ? { sub: true as const } : {}
    if (after) {
      const page = await read(c, after.have + 1, { ...sub, limit, epoch: after.epoch })
      const isOther = page.epoch !== after.epoch || after.have > page.head
      return pageOf(isOther ? [] : page.events, page.more, { ...logOf(page), reset: isOther })
    }
    if (before) {
      const from = Math.max(1, before.order - limit)
      const { page, events } = await readRange(c, from, before.order - 1, sub)
      return pageOf(events, from > 1, logOf(page))
    }
    // The newest: where they begin is known, or shows in the first answer.
    const guess = Math.max(1, (link.logs.get(c)?.head ?? 0) - limit + 1)
    const first = await read(c, guess, { ...sub, limit })
    const from = Math.max(1, first.head - limit + 1)
    if (!first.more && from >= guess) return pageOf(first.events, guess > 1, logOf(first))
    const { page, events } = await readRange(c, from, first.head, {})
    return pageOf(events, from > 1, logOf(page))
  }
}

function nextOf(events: readonly LogEvent[]): number {
  return (events.at(-1)?.seq ?? 0) + 1
}

function pageOf(events: readonly LogEvent[], more: boolean, log: LogState): HistoryPage {
  return { messages: events.map(messageOf), more, log }
}

function logOf({ c, epoch, head, lastN }: PageFrame): LogState {
  return { c, epoch, head, lastN }
}

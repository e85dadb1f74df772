import { buildTimeline, cleanName, type TimelineRow, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useMemo, useRef } from 'preact/hooks'
import { useConsole, useWorkspace } from '../console-context.js'
import { RequestCard } from '../requests/request-card.js'
import type { Thread } from '../stores/threads.js'
import { NewMessages } from './new-messages.js'
import { NoticeLine } from './notice-line.js'
import { OlderMessages } from './older-messages.js'
import { TextMessage } from './text-message.js'
import { customerReceipt, type Entry, transcriptEntries } from './transcript-entries.js'
import { useReadCursor } from './use-read-cursor.js'
import { useScrollPlace } from './use-scroll-place.js'
import { useThreadNews } from './use-thread-news.js'

/** The one log of the page: the conversation that is open, from the first entry drawn to what is still on its way. */
export function Transcript({ thread, customerName }: { readonly thread: Thread; readonly customerName: string }): VNode {
  const { i18n, $now } = useConsole()
  const { log } = thread
  const entries = useEntries(thread)
  const messages = useStore(log.$messages)
  const newAfter = useStore(thread.$newAfter)
  const now = useStore($now)
  const seen = useRef(0)
  const { scroller, isAtBottom, onScroll, hold, toBottom } = useScrollPlace(thread, entries[0]?.order ?? undefined)
  const newest = messages.at(-1)?.order ?? 0
  if (isAtBottom) seen.current = newest
  useReadCursor(thread, scroller, { order: newest, isAtBottom })
  useThreadNews(thread, customerName)
  const firstNew = entries.find(({ by, order }) => newAfter !== null && order !== null && order > newAfter && by.role === 'visitor')

  const draw = (row: TimelineRow<Entry>): VNode => {
    if (row.row === 'day') {
      return (
        <li key={`day ${row.day}`} data-part="day">
          {i18n.day(row.at, now)}
        </li>
      )
    }
    const { entry } = row
    if (entry.kind === 'notice') return <NoticeLine key={entry.id} entry={entry} customerName={customerName} />
    if (entry.kind === 'request') return <RequestCard key={entry.id} entry={entry} />
    return (
      <TextMessage key={entry.id} entry={entry} thread={thread} customerName={customerName} startsGroup={row.startsGroup} endsGroup={row.endsGroup} />
    )
  }

  return (
    <div data-part="transcript">
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={i18n.text('thread.log', { name: cleanName(customerName) })}
        data-part="log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        <div data-part="log-content">
          <OlderMessages thread={thread} hasEntries={entries.length > 0} onBefore={hold} />
          <ol data-part="messages">
            {buildTimeline(entries, ({ kind }) => kind === 'text').flatMap((row) =>
              row.row === 'entry' && row.entry === firstNew ? [newDivider(i18n.text('thread.new')), draw(row)] : [draw(row)]
            )}
          </ol>
        </div>
      </div>
      <NewMessages
        unseen={isAtBottom ? [] : messages.filter(({ order, by }) => order > seen.current && by.role === 'visitor')}
        onShow={() => {
          toBottom()
          thread.drawn.trim()
        }}
      />
    </div>
  )
}

function newDivider(words: string): VNode {
  return (
    <li key="new" data-part="new-divider">
      <span>{words}</span>
    </li>
  )
}

/** What the log and the outbox add up to, from the first entry that is drawn. */
function useEntries({ log, drawn }: Thread): readonly Entry[] {
  const { operatorId } = useWorkspace()
  const messages = useStore(log.$messages)
  const pending = useStore(log.$pending)
  const receipts = useStore(log.$receipts)
  const first = useStore(drawn.$first)
  return useMemo(() => {
    const shown = first === 0 ? messages : messages.filter(({ order }) => order >= first)
    return transcriptEntries({ messages: shown, pending, operatorId, customer: customerReceipt(receipts) })
  }, [messages, pending, receipts, first, operatorId])
}

import type { ChatMessage } from '@porchlight/core'
import { buildTimeline, TypingDots, useStore } from '@porchlight/ui'
import { Fragment, type VNode } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { usePanel } from '../panel/panel-context.js'
import { Entry } from './entry.js'
import { isBubble, receiptIds, rowKey } from './transcript-rows.js'

/** The drawn part of the conversation. */
export interface TranscriptProps {
  readonly entries: readonly ChatMessage[]
  /** Entries before the drawn ones are at hand, or wait on the server. */
  readonly hasEarlier: boolean
  readonly onEarlier: () => Promise<number>
  /** Where the mark for new messages stands. */
  readonly newFrom: string | undefined
  readonly isScrollable: boolean
}

/** The conversation as a log. It is silent: what must be spoken is announced apart, or some readers start over at each message. */
export function Transcript({ entries, hasEarlier, onEarlier, newFrom, isScrollable }: TranscriptProps): VNode {
  const { i18n } = usePanel()
  const rows = useMemo(() => buildTimeline(entries, isBubble), [entries])
  const receipts = useMemo(() => receiptIds(entries), [entries])
  return (
    <div
      data-part="transcript"
      part="transcript"
      role="log"
      aria-live="off"
      aria-label={i18n.text('panel.log')}
      tabIndex={isScrollable ? 0 : undefined}
    >
      {hasEarlier ? <EarlierButton onEarlier={onEarlier} /> : null}
      {rows.length > 0 ? (
        // biome-ignore lint/a11y/noRedundantRoles: Safari drops the role of a list without bullets
        <ul role="list">
          {rows.map((row) =>
            row.row === 'day' ? (
              <li key={row.day} data-part="day">
                <span>{i18n.day(row.at, Date.now())}</span>
              </li>
            ) : (
              <Fragment key={rowKey(row.entry)}>
                {row.entry.id === newFrom ? (
                  <li data-part="new">
                    <span>{i18n.text('history.new')}</span>
                  </li>
                ) : null}
                <Entry entry={row.entry} startsGroup={row.startsGroup} endsGroup={row.endsGroup} showsReceipt={receipts.has(row.entry.id)} />
              </Fragment>
            )
          )}
        </ul>
      ) : null}
      <Typing />
    </div>
  )
}

function Typing(): VNode | null {
  const { chat, i18n } = usePanel()
  const [first] = useStore(chat.$typing)
  return first ? <TypingDots text={i18n.text('agent.typing', { name: first.name ?? i18n.text('agent.name') })} /> : null
}

function EarlierButton({ onEarlier }: { readonly onEarlier: () => Promise<number> }): VNode {
  const { i18n, announce } = usePanel()
  const [isBusy, setBusy] = useState(false)

  async function load(): Promise<void> {
    if (isBusy) return
    setBusy(true)
    const count = await onEarlier()
    setBusy(false)
    announce(i18n.text('history.loaded', { n: count }))
  }

  return (
    <button type="button" data-part="text-button" aria-disabled={isBusy} onClick={load}>
      {i18n.text(isBusy ? 'panel.loading' : 'history.older')}
    </button>
  )
}

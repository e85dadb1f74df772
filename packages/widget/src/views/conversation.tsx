import { Icon, useStore } from '@porchlight/ui'
import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks'
import { NewMessagesPill } from '../components/new-messages-pill.js'
import { Skeleton } from '../components/skeleton.js'
import { Transcript } from '../components/transcript.js'
import { firstUnreadId, withReceipt } from '../components/transcript-rows.js'
import { useMarkRead } from '../hooks/use-mark-read.js'
import { useRowWindow } from '../hooks/use-row-window.js'
import { useStickToBottom } from '../hooks/use-stick-to-bottom.js'
import { usePanel } from '../panel/panel-context.js'
import type { Bottom } from './pick-view.js'

/** What the conversation needs from the view around it. */
export interface ConversationProps {
  readonly isReady: boolean
  readonly bottom: Bottom
  /** Messages sent in this panel: at each one the newest comes into sight. */
  readonly sentCount: number
  /** Stands behind the transcript and scrolls with it. */
  readonly children?: ComponentChildren
}

/** Everything that scrolls: the transcript and what stands behind it. */
export function Conversation({ isReady, bottom, sentCount, children }: ConversationProps): VNode {
  const { chat, opening, i18n } = usePanel()
  const messages = useStore(chat.$messages)
  const request = useStore(chat.$request)
  const hasOlder = useStore(chat.$conversation)?.hasOlder ?? false
  const [isAtBottom, setAtBottom] = useState(true)
  const isForm = bottom === 'form'
  const entries = useMemo(() => withReceipt(messages, request), [messages, request.state, request.receipt])
  const older = { hasOlder, load: () => chat.loadOlder(), entries: () => withReceipt(chat.$messages.get(), chat.$request.get()) }
  const { rows, hasEarlier, showEarlier } = useRowWindow(entries, isAtBottom, older)
  const { scroller, content, overflows, toBottom, toTopOf } = useStickToBottom({
    isSticky: !isForm,
    firstId: rows[0]?.id,
    lastId: rows.at(-1)?.id,
    onPlace: setAtBottom
  })
  const newFrom = useMemo(() => firstUnreadId(messages, opening?.unread ?? 0), [opening, messages.length > 0])
  const isEmpty = isReady && bottom === 'composer' && entries.length === 0

  useLayoutEffect(() => {
    if (isForm) toTopOf(content.current?.querySelector('form'))
    else toBottom()
  }, [isForm, isReady, sentCount])
  useEffect(() => {
    if (newFrom) toTopOf(content.current?.querySelector('[data-part="new"]'))
  }, [newFrom])
  useMarkRead(isAtBottom, () => isInViewport(scroller.current))

  return (
    <div data-part="body">
      <NewMessagesPill content={content} toTopOf={toTopOf} isSeeingNewest={isAtBottom || isForm} />
      <div data-part="scroller" ref={scroller}>
        <div data-part="flow" ref={content}>
          {isEmpty ? (
            <p data-part="empty">
              <span data-part="emblem">
                <Icon name="chat" />
              </span>
              {i18n.text('chat.empty')}
            </p>
          ) : null}
          {isReady || entries.length > 0 ? (
            <Transcript entries={rows} hasEarlier={hasEarlier} onEarlier={showEarlier} newFrom={newFrom} isScrollable={overflows} />
          ) : (
            <Skeleton />
          )}
          {children}
        </div>
      </div>
    </div>
  )
}

function isInViewport(element: HTMLElement | null): boolean {
  if (!element) return false
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < innerHeight
}

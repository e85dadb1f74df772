import { useStore } from '@porchlight/ui'
import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useLayoutEffect, useState } from 'preact/hooks'
import { EmptyHint } from '../components/empty-hint.js'
import { NewMessagesPill } from '../components/new-messages-pill.js'
import { Skeleton } from '../components/skeleton.js'
import { Transcript } from '../components/transcript.js'
import { useEntries } from '../hooks/use-entries.js'
import { useMarkRead } from '../hooks/use-mark-read.js'
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
  const { chat, i18n } = usePanel()
  const isEnded = useStore(chat.$conversation)?.state === 'closed'
  const isForm = bottom === 'form'
  const [isAtBottom, setAtBottom] = useState(true)
  const { rows, hasEarlier, showEarlier, newFrom } = useEntries(isAtBottom)
  const { scroller, content, overflows, toBottom, toTopOf } = useStickToBottom({
    isSticky: !isForm,
    firstId: rows[0]?.id,
    lastId: rows.at(-1)?.id,
    onPlace: setAtBottom
  })

  useLayoutEffect(() => {
    if (isForm) toTopOf(content.current?.querySelector('form'))
    else toBottom()
  }, [isForm, isReady, sentCount])
  useEffect(() => {
    if (newFrom) toTopOf(content.current?.querySelector('[data-part="new"]'))
  }, [newFrom])
  useMarkRead(isAtBottom, scroller)

  return (
    <div data-part="body">
      <NewMessagesPill content={content} toTopOf={toTopOf} isSeeingNewest={isAtBottom || isForm} />
      <div data-part="scroller" ref={scroller}>
        <div data-part="flow" ref={content}>
          {isReady && bottom === 'composer' && rows.length === 0 ? <EmptyHint /> : null}
          {isReady || rows.length > 0 ? (
            <Transcript entries={rows} hasEarlier={hasEarlier} onEarlier={showEarlier} newFrom={newFrom} isScrollable={overflows} />
          ) : (
            <Skeleton />
          )}
          {isReady && bottom === 'composer' && isEnded ? <p data-part="line">{i18n.text('end.again')}</p> : null}
          {children}
        </div>
      </div>
    </div>
  )
}

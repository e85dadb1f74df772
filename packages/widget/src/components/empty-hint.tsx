import { textIn } from '@porchlight/protocol'
import { Icon, RichText, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { usePanel } from '../panel/panel-context.js'
import { isReachable } from '../views/pick-view.js'

/** What stands where there are no messages yet: that an answer will come, or what can be done where nobody would receive a request. */
export function EmptyHint(): VNode {
  const { chat, i18n } = usePanel()
  const { words, requests } = useStore(chat.$site)
  const isHopeless = !isReachable(useStore(chat.$availability).state) && requests === 'none'
  return (
    <p data-part="empty">
      <span data-part="emblem">
        <Icon name="chat" />
      </span>
      {isHopeless ? words?.noRequests ? <RichText text={textIn(words.noRequests, i18n.locale)} /> : null : i18n.text('chat.empty')}
    </p>
  )
}

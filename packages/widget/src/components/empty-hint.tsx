import { Icon } from '@porchlight/ui'
import type { VNode } from 'preact'
import { usePanel } from '../panel/panel-context.js'

/** What stands where there are no messages yet. */
export function EmptyHint(): VNode {
  const { i18n } = usePanel()
  return (
    <p data-part="empty">
      <span data-part="emblem">
        <Icon name="chat" />
      </span>
      {i18n.text('chat.empty')}
    </p>
  )
}

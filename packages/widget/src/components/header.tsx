import type { AvailabilityView } from '@porchlight/core'
import { Icon, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useAvailability } from '../hooks/use-availability.js'
import { titleId } from '../panel/create-frame.js'
import { type TextKey, usePanel } from '../panel/panel-context.js'
import { LightShape } from './light-shape.js'

/** What the light is called. Nobody being there within open hours is not the same as being closed. */
export function statusKey({ state, reason }: AvailabilityView): TextKey | null {
  if (state === 'online') return 'status.online'
  if (state === 'busy') return 'status.busy'
  if (state === 'unknown') return null
  return state === 'away' || reason === 'no_agents' ? 'status.away' : 'status.closed'
}

/** Title, light and the way out. */
export function Header({ isReady }: { readonly isReady: boolean }): VNode {
  const { i18n, close, isInline } = usePanel()
  return (
    <header data-part="header" part="header">
      <div>
        <h2 id={titleId} data-part="title" tabIndex={-1}>
          {i18n.text('panel.title')}
        </h2>
        {isReady ? <Status /> : <p data-part="status">&nbsp;</p>}
      </div>
      {isInline ? null : (
        <button type="button" data-part="icon-button" aria-label={i18n.text('panel.close')} onClick={close}>
          <Icon name="close" />
        </button>
      )}
    </header>
  )
}

function Status(): VNode {
  const { chat, i18n } = usePanel()
  const availability = useAvailability()
  const assignee = useStore(chat.$conversation)?.assignee
  const mode = useStore(chat.$mode)
  const key = statusKey(availability)
  const { state, opensAt, isLive } = availability
  const isAnswering = assignee && mode === 'chat' && isLive
  return (
    <p data-part="status">
      {key || isAnswering || !isLive ? <LightShape state={isAnswering ? 'online' : state} /> : null}
      <span>{isAnswering ? i18n.text('agent.now', { name: assignee.name }) : key ? i18n.text(key) : '\u00a0'}</span>
      {opensAt !== undefined && mode === 'request' ? (
        <span data-part="opens">{i18n.text('status.opensAt', { when: i18n.moment(opensAt, Date.now()) })}</span>
      ) : null}
    </p>
  )
}

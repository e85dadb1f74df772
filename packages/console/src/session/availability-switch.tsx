import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import { useFocusTarget } from '../use-focus-target.js'
import { bannerId } from './connection-banner.js'
import { isLost, type ShownConnection } from './use-connection-state.js'

/** What {@link AvailabilitySwitch} shows. */
export interface AvailabilitySwitchProps {
  readonly isAvailable: boolean
  readonly connection: ShownConnection
}

/**
 * Whether this operator wants chats. The server remembers the answer; a refusal turns the switch back. Without a connection it shows what the
 * server heard last, as something that customers may not see, and cannot be changed.
 */
export function AvailabilitySwitch({ isAvailable, connection }: AvailabilitySwitchProps): VNode {
  const { session, problems, i18n } = useConsole()
  const button = useRef<HTMLButtonElement>(null)
  const isOut = isLost(connection)
  useFocusTarget('available', () => button.current)
  const change = (): void => {
    if (isOut) problems.say('header.availableLater')
    else session.setAvailable(!isAvailable).then(problems.clear, problems.tell)
  }
  return (
    <button
      ref={button}
      type="button"
      role="switch"
      aria-checked={isAvailable}
      aria-disabled={isOut}
      aria-describedby={isOut ? bannerId : undefined}
      data-part="switch"
      onClick={change}
    >
      <span data-part="track" aria-hidden="true" />
      {i18n.text('header.available')}
    </button>
  )
}

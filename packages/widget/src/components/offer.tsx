import type { Mode } from '@porchlight/core'
import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { usePanel } from '../panel/panel-context.js'
import { LightShape } from './light-shape.js'
import { waitText } from './queue-text.js'

/** What else could be had now, on one line with the button that leads there. */
export function Offer({ mode, onChoose }: { readonly mode: Mode; readonly onChoose: () => void }): VNode {
  const { chat, i18n } = usePanel()
  const availability = useStore(chat.$availability)
  return (
    <div data-part="offer">
      <p>
        <LightShape state={availability.state} />
        <span>
          {mode === 'request' && availability.wait !== undefined
            ? waitText(availability.wait, i18n)
            : i18n.text(availability.state === 'busy' ? 'status.busy' : 'status.online')}
        </span>
      </p>
      <button type="button" data-part="button" onClick={onChoose}>
        {i18n.text(mode === 'chat' ? 'chat.now' : 'queue.leave')}
      </button>
    </div>
  )
}

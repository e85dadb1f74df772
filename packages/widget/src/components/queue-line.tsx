import type { QueueView } from '@porchlight/core'
import { textIn } from '@porchlight/protocol'
import { RichText, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { usePanel } from '../panel/panel-context.js'
import { LightShape } from './light-shape.js'
import { queueText } from './queue-text.js'

/** A place in line, what is known of the wait, and what can be done instead. */
export function QueueLine({ queue }: { readonly queue: QueueView }): VNode {
  const { chat, i18n } = usePanel()
  const { longWait } = useStore(chat.$site).words ?? {}
  const takesRequests = useStore(chat.$capabilities)?.requests !== 'none'
  const { stage } = queue
  return (
    <div data-part="offer">
      <p>
        <LightShape state="busy" />
        <span>{queueText(queue, i18n)}</span>
      </p>
      {stage === 'waiting' ? null : (
        <p dir="auto">
          <span>{longWait ? <RichText text={textIn(longWait, i18n.locale)} /> : i18n.text('queue.kept')}</span>
        </p>
      )}
      {stage === 'offered' ? (
        <button type="button" data-part="text-button" onClick={() => chat.keepWaiting()}>
          {i18n.text('queue.stay')}
        </button>
      ) : null}
      {takesRequests ? (
        <button type="button" data-part="button" onClick={() => chat.chooseMode('request')}>
          {i18n.text('queue.leave')}
        </button>
      ) : null}
    </div>
  )
}

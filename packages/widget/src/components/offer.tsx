import type { AvailabilityView, Mode } from '@porchlight/core'
import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { usePanel } from '../panel/panel-context.js'
import { LightShape } from './light-shape.js'

const minuteMs = 60_000
const shownMinutes = [1, 2, 3, 5, 10, 15]

/** An estimate as it is said: rounded up to a step people think in, or null when it is longer than the last. */
export function waitMinutes(waitMs: number): number | null {
  return shownMinutes.find((minutes) => waitMs <= minutes * minuteMs) ?? null
}

/** What else could be had now, on one line with the button that leads there. */
export function Offer({ mode, onChoose }: { readonly mode: Mode; readonly onChoose: () => void }): VNode {
  const { chat, i18n } = usePanel()
  const availability = useStore(chat.$availability)
  return (
    <div data-part="offer">
      <p>
        <LightShape state={availability.state} />
        <span>{mode === 'chat' ? i18n.text(availability.state === 'busy' ? 'status.busy' : 'status.online') : waitText(i18n, availability)}</span>
      </p>
      <button type="button" data-part="button" onClick={onChoose}>
        {i18n.text(mode === 'chat' ? 'chat.now' : 'queue.leave')}
      </button>
    </div>
  )
}

function waitText(i18n: ReturnType<typeof usePanel>['i18n'], { wait }: AvailabilityView): string {
  const minutes = wait === undefined ? null : waitMinutes(wait)
  return minutes === null ? i18n.text('queue.waitLong') : i18n.text('queue.wait', { duration: i18n.minutes(minutes) })
}

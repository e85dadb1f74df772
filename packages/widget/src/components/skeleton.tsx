import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { useDelayed } from '../hooks/use-delayed.js'
import { usePanel } from '../panel/panel-context.js'

/** From here on waiting is spoken of. */
const speakAfterMs = 1_000

/** The outline of a conversation while it is not known whether there will be one; the sheet shows it only after a moment. */
export function Skeleton(): VNode {
  const { i18n, announce } = usePanel()
  const isLong = useDelayed(true, speakAfterMs)
  useEffect(() => {
    if (isLong) announce(i18n.text('panel.loading'))
  }, [isLong])
  return (
    <div data-part="skeleton" aria-hidden="true">
      <i />
      <i />
      <i />
    </div>
  )
}

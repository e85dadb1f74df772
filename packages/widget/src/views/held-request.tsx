import { Icon } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { type LeftFocus, useLeavingFocus } from '../hooks/use-focus.js'
import { usePanel } from '../panel/panel-context.js'

/** A request that waits on this device for a connection. */
export function HeldRequest({ left }: { readonly left: LeftFocus }): VNode {
  const { i18n } = usePanel()
  const part = useRef<HTMLDivElement>(null)
  useLeavingFocus(left, part)
  return (
    <div data-part="held" ref={part}>
      <span data-part="emblem">
        <Icon name="clock" />
      </span>
      <h3 tabIndex={-1}>{i18n.text('held.title')}</h3>
      <p>{i18n.text('held.text')}</p>
    </div>
  )
}

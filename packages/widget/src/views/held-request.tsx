import type { ConnectionState, RequestView } from '@porchlight/core'
import { Icon, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { type LeftFocus, useLeavingFocus } from '../hooks/use-focus.js'
import { type TextKey, usePanel } from '../panel/panel-context.js'

/** What a request that did not go out yet waits for: a connection, nothing that comes by itself, or a server that takes it. */
export function heldKey({ state }: ConnectionState, { error }: RequestView): TextKey {
  if (/failed|closed/.test(state)) return 'msg.failed'
  return !error || error === 'offline' || error === 'network' ? 'held.title' : 'msg.pending'
}

/** A request that waits on this device, and for what. */
export function HeldRequest({ left }: { readonly left: LeftFocus }): VNode {
  const { chat, i18n } = usePanel()
  const title = heldKey(useStore(chat.$connection), useStore(chat.$request))
  const isKept = useStore(chat.$durability) !== 'memory'
  const part = useRef<HTMLDivElement>(null)
  useLeavingFocus(left, part)
  return (
    <div data-part="held" ref={part}>
      <span data-part="emblem">
        <Icon name="clock" />
      </span>
      <h3 tabIndex={-1}>{i18n.text(title)}</h3>
      <p>
        {isKept ? i18n.text('held.kept') : null} {title === 'held.title' ? i18n.text('held.text') : null}
      </p>
    </div>
  )
}

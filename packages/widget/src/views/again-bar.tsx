import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { type LeftFocus, useLeavingFocus } from '../hooks/use-focus.js'
import { usePanel } from '../panel/panel-context.js'

/** After a request was accepted: the way to an empty form. */
export function AgainBar({ left }: { readonly left: LeftFocus }): VNode {
  const { chat, i18n } = usePanel()
  const bar = useRef<HTMLDivElement>(null)
  useLeavingFocus(left, bar)
  return (
    <div data-part="footer" ref={bar}>
      <button type="button" data-part="secondary" onClick={chat.newRequest}>
        {i18n.text('done.again')}
      </button>
    </div>
  )
}

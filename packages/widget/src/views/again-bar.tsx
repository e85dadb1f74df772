import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { type LeftFocus, useLeavingFocus } from '../hooks/use-focus.js'
import { lastOwnRequest } from '../panel/entry-content.js'
import { usePanel } from '../panel/panel-context.js'

/** After a request was accepted: the way to another form, which already knows who asks. */
export function AgainBar({ left }: { readonly left: LeftFocus }): VNode {
  const { chat, i18n } = usePanel()
  const bar = useRef<HTMLDivElement>(null)
  useLeavingFocus(left, bar)

  function begin(): void {
    const fields = lastOwnRequest(chat.$messages.get())
    chat.newRequest()
    chat.editRequest({ ...fields, text: '' })
  }

  return (
    <div data-part="footer" ref={bar}>
      <button type="button" data-part="secondary" onClick={begin}>
        {i18n.text('done.again')}
      </button>
    </div>
  )
}

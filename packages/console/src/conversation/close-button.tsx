import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { useConsole, useWorkspace } from '../console-context.js'

/** Closes the conversation, or opens it again: one button, so that the focus stays where it was. */
export function CloseButton({ c, isClosed }: { readonly c: string; readonly isClosed: boolean }): VNode {
  const { i18n, announce, problems } = useConsole()
  const { inbox } = useWorkspace()
  const { text } = i18n
  const [isBusy, setBusy] = useState(false)
  const change = (): void => {
    if (isBusy) return
    setBusy(true)
    inbox
      .setConversationState(c, isClosed ? 'open' : 'closed')
      .then(() => {
        problems.clear()
        announce(text(isClosed ? 'thread.open' : 'thread.closed'))
      }, problems.tell)
      .finally(() => setBusy(false))
  }
  return (
    <button
      type="button"
      data-part="secondary"
      data-action="close"
      aria-keyshortcuts={isClosed ? undefined : 'E'}
      aria-disabled={isBusy}
      onClick={change}
    >
      {text(isClosed ? 'thread.reopen' : 'thread.close')}
    </button>
  )
}

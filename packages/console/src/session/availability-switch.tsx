import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { announceProblem } from '../stores/announce-problem.js'

/** Whether this operator wants chats. The server remembers the answer; a refusal turns the switch back. */
export function AvailabilitySwitch({ isAvailable }: { readonly isAvailable: boolean }): VNode {
  const { session, i18n, announce } = useConsole()
  const change = (): void => {
    session.setAvailable(!isAvailable).catch((error: unknown) => announceProblem(error, { i18n, announce }))
  }
  return (
    <button type="button" role="switch" aria-checked={isAvailable} data-part="switch" onClick={change}>
      <span data-part="track" aria-hidden="true" />
      {i18n.text('header.available')}
    </button>
  )
}

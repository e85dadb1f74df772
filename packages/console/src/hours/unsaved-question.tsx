import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useConsole } from '../console-context.js'

/** Asks whoever is about to leave hours that are not saved. */
export function UnsavedQuestion({ onLeave, onStay }: { readonly onLeave: () => void; readonly onStay: () => void }): VNode {
  const { text } = useConsole().i18n
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} data-part="dialog" aria-labelledby="unsaved-title" onClose={onStay}>
      <h2 id="unsaved-title">{text('hours.leaveTitle')}</h2>
      <p>{text('hours.leaveText')}</p>
      <div data-part="actions">
        <button type="button" data-part="secondary" onClick={() => dialog.current?.close()}>
          {text('hours.stay')}
        </button>
        <button type="button" data-part="danger" onClick={onLeave}>
          {text('hours.discard')}
        </button>
      </div>
    </dialog>
  )
}

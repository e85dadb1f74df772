import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useConsole } from '../console-context.js'

/** Asks whoever is about to leave settings that are not saved. */
export function UnsavedQuestion({ onLeave, onStay }: { readonly onLeave: () => void; readonly onStay: () => void }): VNode {
  const { text } = useConsole().i18n
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} data-part="dialog" aria-labelledby="unsaved-title" onClose={onStay}>
      <h2 id="unsaved-title">{text('settings.leaveTitle')}</h2>
      <p>{text('settings.leaveText')}</p>
      <div data-part="actions">
        <button type="button" data-part="secondary" onClick={() => dialog.current?.close()}>
          {text('settings.stay')}
        </button>
        <button type="button" data-part="danger" onClick={onLeave}>
          {text('settings.discard')}
        </button>
      </div>
    </dialog>
  )
}

import type { VNode } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'

/** The way out. Asks first when texts would be lost that are on no other machine. */
export function SignOut(): VNode {
  const { desk, i18n, problems } = useConsole()
  const { text } = i18n
  const [unsent, setUnsent] = useState(0)
  const leave = (): void => {
    desk.signOut().then(problems.clear, problems.tell)
  }
  const ask = async (): Promise<void> => {
    const count = await desk.countUnsent()
    if (count > 0) setUnsent(count)
    else leave()
  }
  return (
    <>
      <button type="button" data-part="quiet" onClick={ask}>
        {text('header.signOut')}
      </button>
      {unsent > 0 ? <LeaveQuestion unsent={unsent} onLeave={leave} onStay={() => setUnsent(0)} /> : null}
    </>
  )
}

function LeaveQuestion({ unsent, onLeave, onStay }: { readonly unsent: number; readonly onLeave: () => void; readonly onStay: () => void }): VNode {
  const { text } = useConsole().i18n
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} data-part="dialog" aria-labelledby="leave-title" onClose={onStay}>
      <h2 id="leave-title">{text('leave.title')}</h2>
      <p>{text('leave.unsent', { n: unsent })}</p>
      <div data-part="actions">
        <button type="button" data-part="secondary" onClick={() => dialog.current?.close()}>
          {text('leave.stay')}
        </button>
        <button
          type="button"
          data-part="danger"
          onClick={() => {
            // Closed first, so that the focus is where it was if the server cannot be told.
            dialog.current?.close()
            onLeave()
          }}
        >
          {text('header.signOut')}
        </button>
      </div>
    </dialog>
  )
}

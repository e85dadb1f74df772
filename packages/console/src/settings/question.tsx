import type { VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/** What {@link Question} asks. */
export interface QuestionProps {
  /** Unique in the document. */
  readonly id: string
  readonly title: string
  readonly text: string
  /** The words for going on without what was asked. */
  readonly stay: string
  readonly go: string
  readonly onStay: () => void
  readonly onGo: () => void
}

/** Asks before something is lost. Escape stays. */
export function Question({ id, title, text, stay, go, onStay, onGo }: QuestionProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} data-part="dialog" aria-labelledby={id} onClose={onStay}>
      <h2 id={id}>{title}</h2>
      <p>{text}</p>
      <div data-part="actions">
        <button type="button" data-part="secondary" onClick={() => dialog.current?.close()}>
          {stay}
        </button>
        <button type="button" data-part="danger" onClick={onGo}>
          {go}
        </button>
      </div>
    </dialog>
  )
}

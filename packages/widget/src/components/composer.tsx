import { createCompositionGuard, Icon, isSendKey, useStore } from '@porchlight/ui'
import type { TargetedKeyboardEvent, VNode } from 'preact'
import { useMemo, useRef, useState } from 'preact/hooks'
import { useAutosize } from '../hooks/use-autosize.js'
import { type LeftFocus, useLeavingFocus } from '../hooks/use-focus.js'
import { usePanel } from '../panel/panel-context.js'
import { charactersLeft, textMaxCodePoints } from './characters-left.js'

/** What the composer needs from the view around it. */
export interface ComposerProps {
  readonly left: LeftFocus
  /** A message went into the transcript. */
  readonly onSent: () => void
}

/** The field for a message and the button that sends it. The draft belongs to the chat, which lets go of it once it is kept elsewhere. */
export function Composer({ left, onSent }: ComposerProps): VNode {
  const { chat, i18n } = usePanel()
  const draft = useStore(chat.$draft)
  const [hasFailed, setFailed] = useState(false)
  const isSending = useRef(false)
  const form = useRef<HTMLFormElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const composition = useMemo(createCompositionGuard, [])
  const isCoarse = matchMedia('(pointer: coarse)').matches
  const charactersToGo = charactersLeft(draft)
  const canSend = draft.trim() !== '' && (charactersToGo ?? 0) >= 0
  const note = hasFailed ? i18n.text('err.server') : noteOn(charactersToGo)
  useAutosize(field, draft)
  useLeavingFocus(left, form)

  function noteOn(count: number | null): string | null {
    if (count === null) return null
    return count < 0 ? i18n.text('err.tooLong', { n: textMaxCodePoints }) : i18n.text('composer.left', { n: count })
  }

  async function submit(): Promise<void> {
    if (!canSend || isSending.current) return
    isSending.current = true
    try {
      await chat.send(draft)
      setFailed(false)
      onSent()
    } catch {
      setFailed(true)
    }
    isSending.current = false
  }

  function onKeyDown(event: TargetedKeyboardEvent<HTMLTextAreaElement>): void {
    if (composition.holds(event) || !isSendKey(event, isCoarse)) return
    event.preventDefault()
    void submit()
  }

  return (
    <form
      ref={form}
      data-part="composer"
      part="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {note ? (
        <p id="porchlight-note" data-part="note" data-state={hasFailed || (charactersToGo ?? 0) < 0 ? 'failed' : undefined}>
          {note}
        </p>
      ) : null}
      <div data-part="field">
        <textarea
          ref={field}
          data-field="message"
          dir={draft ? 'auto' : undefined}
          rows={1}
          value={draft}
          aria-label={i18n.text('composer.label')}
          aria-describedby={note ? 'porchlight-note' : undefined}
          placeholder={i18n.text('composer.hint')}
          enterkeyhint={isCoarse ? 'enter' : 'send'}
          onInput={(event) => chat.setDraft(event.currentTarget.value)}
          onCompositionEnd={composition.ended}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          data-part="send"
          part="send"
          aria-label={i18n.text('composer.send')}
          aria-disabled={!canSend}
          // Keeps the focus in the field, and with it the keyboard on the screen.
          onPointerDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  )
}

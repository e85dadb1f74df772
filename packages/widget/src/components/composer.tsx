import { createCompositionGuard, Icon, isSendKey, useStore } from '@porchlight/ui'
import type { TargetedKeyboardEvent, VNode } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { useAutosize } from '../hooks/use-autosize.js'
import { type LeftFocus, useLeavingFocus } from '../hooks/use-focus.js'
import { useSend } from '../hooks/use-send.js'
import { type TextKey, usePanel } from '../panel/panel-context.js'
import { charactersLeft, textMaxCodePoints } from './characters-left.js'

/** What the composer needs from the view around it. */
export interface ComposerProps {
  readonly left: LeftFocus
  /** A message went into the transcript. */
  readonly onSent: () => void
}

const noteId = 'porchlight-note'

/** The field for a message and the button that sends it. The draft belongs to the chat, which lets go of it once it is kept elsewhere. */
export function Composer({ left, onSent }: ComposerProps): VNode {
  const { chat, announce } = usePanel()
  const draft = useStore(chat.$draft)
  const { failure, send } = useSend(onSent)
  const form = useRef<HTMLFormElement>(null)
  const { note, obstacle } = useNote(draft, failure)
  const canSend = draft.trim() !== '' && obstacle !== 'blocked'
  useLeavingFocus(left, form)
  useEffect(() => {
    if (note && obstacle) announce(note)
  }, [note, obstacle])

  function submit(event: Event): void {
    event.preventDefault()
    if (canSend) void send(draft)
  }

  return (
    <form ref={form} data-part="composer" part="composer" onSubmit={submit}>
      {note ? (
        <p id={noteId} data-part="note" data-state={obstacle}>
          {note}
        </p>
      ) : null}
      <div data-part="field">
        <MessageField draft={draft} describedBy={note && noteId} onSend={submit} />
        <SendButton canSend={canSend} />
      </div>
    </form>
  )
}

/** The line above the field, and whether it says that nothing can be sent now, or that the last try came to nothing. */
interface Note {
  readonly note?: string
  readonly obstacle?: 'blocked' | 'failed'
}

function useNote(draft: string, failure: TextKey | null): Note {
  const { chat, i18n } = usePanel()
  const { isFull } = useStore(chat.$outbox)
  const remaining = charactersLeft(draft)
  if (isFull) return { note: i18n.text('composer.full'), obstacle: 'blocked' }
  if (remaining !== null && remaining < 0) return { note: i18n.text('err.tooLong', { n: textMaxCodePoints }), obstacle: 'blocked' }
  if (failure) return { note: i18n.text(failure), obstacle: 'failed' }
  return remaining === null ? {} : { note: i18n.text('composer.left', { n: remaining }) }
}

/** What the field needs from its composer. */
interface MessageFieldProps {
  readonly draft: string
  readonly describedBy: string | undefined
  readonly onSend: (event: Event) => void
}

function MessageField({ draft, describedBy, onSend }: MessageFieldProps): VNode {
  const { chat, i18n } = usePanel()
  const field = useRef<HTMLTextAreaElement>(null)
  const composition = useMemo(createCompositionGuard, [])
  const isCoarse = matchMedia('(pointer: coarse)').matches
  useAutosize(field, draft)

  function onKeyDown(event: TargetedKeyboardEvent<HTMLTextAreaElement>): void {
    if (!composition.holds(event) && isSendKey(event, isCoarse)) onSend(event)
  }

  return (
    <textarea
      ref={field}
      data-field="message"
      dir={draft ? 'auto' : undefined}
      rows={1}
      value={draft}
      aria-label={i18n.text('composer.label')}
      aria-describedby={describedBy}
      placeholder={i18n.text('composer.hint')}
      enterkeyhint={isCoarse ? 'enter' : 'send'}
      onInput={(event) => chat.setDraft(event.currentTarget.value)}
      onCompositionEnd={composition.ended}
      onKeyDown={onKeyDown}
    />
  )
}

function SendButton({ canSend }: { readonly canSend: boolean }): VNode {
  const { i18n } = usePanel()
  return (
    <button
      type="submit"
      data-part="send"
      part="send"
      aria-label={i18n.text('composer.send')}
      aria-disabled={!canSend}
      // The focus stays in the field, and with it the keyboard on the screen.
      onMouseDown={(event) => event.preventDefault()}
    >
      <Icon name="send" />
    </button>
  )
}

import { limits } from '@porchlight/protocol'
import { createCompositionGuard, isSendKey, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useConsole, useWorkspace } from '../console-context.js'
import type { Thread } from '../stores/threads.js'
import { useFocusTarget } from '../use-focus-target.js'
import { useUnkept } from './use-unkept.js'

/** From this many characters before the limit on, the rest is counted. */
const warnLeft = limits.textMaxCodePoints / 10

/** What {@link ReplyBox} writes to. */
export interface ReplyBoxProps {
  readonly thread: Thread
  readonly isClosed: boolean
  /** A request is answered: its customer has gone, and may expect a letter that nobody sends. */
  readonly isRequest: boolean
}

/** Where the operator writes. The text belongs to the conversation, not to the field. */
export function ReplyBox({ thread, isClosed, isRequest }: ReplyBoxProps): VNode {
  const { i18n, announce } = useConsole()
  const workspace = useWorkspace()
  const { text } = i18n
  const draft = useStore(thread.$draft)
  const unkept = useUnkept(draft)
  const [problem, setProblem] = useState<string | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const guard = useMemo(createCompositionGuard, [])
  const left = limits.textMaxCodePoints - codePoints(draft)
  useFocusTarget('reply', () => field.current)
  useLayoutEffect(() => grow(field.current), [draft])

  const refuse = (words: string) => {
    setProblem(words)
    announce(words, 'assertive')
  }
  const send = (event?: Event) => {
    event?.preventDefault()
    setProblem(null)
    field.current?.focus()
    if (left < 0) return refuse(text('reply.tooLong', { n: -left }))
    thread.send().catch(() => refuse(text('reply.full')))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (guard.holds(event)) return
    if (event.key === 'Escape') return workspace.showPane('inbox', 'row')
    if (isSendKey(event, matchMedia('(pointer: coarse)').matches)) send(event)
  }

  const hint = problem ?? (left < warnLeft ? countWords(text, left) : isClosed ? text('thread.closedHint') : null)
  return (
    <form data-part="reply" onSubmit={send}>
      <label for="reply" data-part="hidden">
        {text('reply.label')}
      </label>
      <textarea
        id="reply"
        ref={field}
        rows={1}
        dir="auto"
        placeholder={text('reply.hint')}
        aria-keyshortcuts="R"
        aria-describedby={[isRequest && 'reply-request', hint && 'reply-hint', unkept && 'reply-unkept'].filter(Boolean).join(' ') || undefined}
        aria-invalid={left < 0 ? true : undefined}
        value={draft}
        onInput={(event) => thread.setDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onCompositionEnd={guard.ended}
      />
      <button type="submit" data-part="primary">
        {text('reply.send')}
      </button>
      {isRequest ? (
        <p id="reply-request" data-part="hint">
          {text('reply.request')}
        </p>
      ) : null}
      {hint ? (
        <p id="reply-hint" data-part={problem || left < 0 ? 'problem' : 'hint'}>
          {hint}
        </p>
      ) : null}
      {unkept ? (
        <p id="reply-unkept" data-part="hint">
          {unkept}
        </p>
      ) : null}
    </form>
  )
}

function countWords(text: ReturnType<typeof useConsole>['i18n']['text'], left: number): string {
  return left < 0 ? text('reply.tooLong', { n: -left }) : text('reply.left', { n: left })
}

/** The limit counts code points, as the server does; a short text need not be counted. */
function codePoints(draft: string): number {
  return draft.length < limits.textMaxCodePoints - warnLeft ? draft.length : Array.from(draft).length
}

/** As tall as its text, up to what the style sheet allows. `field-sizing` is not in every engine. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return
  field.style.blockSize = 'auto'
  field.style.blockSize = `${field.scrollHeight}px`
}

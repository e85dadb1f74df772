import type { RequestView } from '@porchlight/core'
import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useDelayed } from '../hooks/use-delayed.js'
import { type LeftFocus, useLeavingFocus } from '../hooks/use-focus.js'
import { type TextKey, usePanel } from '../panel/panel-context.js'
import { refusals } from '../panel/refusals.js'
import { formId } from './request-form.js'

/** From here on sending is spoken of. */
const speakAfterMs = 1_000

/** Why the request did not go through; what only needs another try says so. */
export function failureKey({ state, error }: RequestView): TextKey | null {
  if (!error || state === 'sending') return null
  return error === 'timeout' ? 'msg.timeout' : (refusals[error] ?? 'err.server')
}

/** The form's button, always in reach below it. */
export function SubmitBar({ left }: { readonly left: LeftFocus }): VNode {
  const { chat, i18n, announce } = usePanel()
  const request = useStore(chat.$request)
  const bar = useRef<HTMLDivElement>(null)
  const isSending = request.state === 'sending'
  const isLong = useDelayed(isSending, speakAfterMs)
  const failure = failureKey(request)
  useLeavingFocus(left, bar)

  useEffect(() => {
    if (isLong) announce(i18n.text('msg.pending'))
  }, [isLong])
  useEffect(() => {
    if (failure) announce(i18n.text(failure), 'assertive')
  }, [failure])

  return (
    <div data-part="footer" ref={bar}>
      {failure ? (
        <p data-part="note" data-state="failed">
          {i18n.text(failure)}
        </p>
      ) : null}
      <button type="submit" form={formId} data-part="primary" aria-disabled={isSending}>
        {i18n.text(isSending ? 'msg.pending' : 'form.submit')}
      </button>
    </div>
  )
}

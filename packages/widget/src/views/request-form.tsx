import { textIn } from '@porchlight/protocol'
import { RichText, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type LeftFocus, useLeavingFocus } from '../hooks/use-focus.js'
import { usePanel } from '../panel/panel-context.js'
import { ErrorSummary } from './error-summary.js'
import { FormFields } from './form-fields.js'
import { fieldLabelsOf, problemTexts } from './form-problems.js'
import { isReachable } from './pick-view.js'

/** The form that the button below it belongs to; ids count within the shadow root. */
export const formId = 'porchlight-form'

/** Leaves a question for people who are not there. Fields stay as they are until the request is accepted. */
export function RequestForm({ left }: { readonly left: LeftFocus }): VNode {
  const { chat, i18n } = usePanel()
  const { problems, state } = useStore(chat.$request)
  const canAnswer = isReachable(useStore(chat.$availability).state)
  const form = useRef<HTMLFormElement>(null)
  const website = useRef<HTMLInputElement>(null)
  const [refusals, setRefusals] = useState(0)
  const { form: asked, words } = useStore(chat.$site)
  const labels = fieldLabelsOf(asked, i18n)
  const texts = problemTexts(problems, labels, { i18n, required: 'err.empty' })
  const wrong = [...labels.keys()].filter((name) => texts[name])
  useLeavingFocus(left, form)

  useLayoutEffect(() => {
    if (refusals === 0) return
    const target = wrong.length > 1 ? '[data-part="summary"]' : `[data-field="${wrong[0]}"]`
    form.current?.querySelector<HTMLElement>(target)?.focus()
  }, [refusals])

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    if (state === 'sending') return
    await chat.leaveRequest(undefined, website.current?.value || undefined)
    if (chat.$request.get().state === 'needs_fix') setRefusals((count) => count + 1)
  }

  return (
    <form id={formId} ref={form} data-part="form" aria-labelledby={`${formId}-title`} noValidate onSubmit={submit}>
      <h3 id={`${formId}-title`}>{i18n.text('form.title')}</h3>
      <p>{i18n.text(canAnswer ? 'form.introBusy' : 'form.intro')}</p>
      {words?.outsideHours && !canAnswer ? (
        <p dir="auto">
          <RichText text={textIn(words.outsideHours, i18n.locale)} />
        </p>
      ) : null}
      {wrong.length > 1 ? (
        <ErrorSummary names={wrong} texts={problemTexts(problems, labels, { i18n, required: 'err.required' })} form={form} />
      ) : null}
      <FormFields labels={labels} problems={texts} />
      {/* People neither see nor reach this; what fills in everything does. */}
      <input ref={website} name="website" hidden autocomplete="off" />
    </form>
  )
}

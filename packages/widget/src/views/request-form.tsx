import { useStore } from '@porchlight/ui'
import type { TargetedInputEvent, VNode } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { charactersLeft } from '../components/characters-left.js'
import { FormField } from '../components/form-field.js'
import { useAutosize } from '../hooks/use-autosize.js'
import { type LeftFocus, useLeavingFocus } from '../hooks/use-focus.js'
import { usePanel } from '../panel/panel-context.js'
import { ErrorSummary } from './error-summary.js'
import { type FieldName, fieldLabels, fieldNames, problemTexts } from './form-problems.js'
import { isReachable } from './pick-view.js'

/** The form that {@link SubmitBar} belongs to; ids count within the shadow root. */
export const formId = 'porchlight-form'

/** Leaves a question for people who are not there. Fields stay as they are until the request is accepted. */
export function RequestForm({ left }: { readonly left: LeftFocus }): VNode {
  const { chat, i18n } = usePanel()
  const { fields, problems, state } = useStore(chat.$request)
  const isSending = state === 'sending'
  const canAnswer = isReachable(useStore(chat.$availability).state)
  const form = useRef<HTMLFormElement>(null)
  const website = useRef<HTMLInputElement>(null)
  const question = useRef<HTMLTextAreaElement>(null)
  const [refusals, setRefusals] = useState(0)
  const texts = problemTexts(problems, i18n)
  const wrong = fieldNames.filter((name) => texts[name])
  const text = fields.text ?? ''
  useAutosize(question, text)
  useLeavingFocus(left, form)

  useLayoutEffect(() => {
    if (refusals === 0) return
    const target = wrong.length > 1 ? '[data-part="summary"]' : `[data-field="${wrong[0]}"]`
    form.current?.querySelector<HTMLElement>(target)?.focus()
  }, [refusals])

  const edit = (name: FieldName) => (event: TargetedInputEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    chat.editRequest({ [name]: event.currentTarget.value })

  function noteOn(remaining: number | null): string | undefined {
    return remaining === null || remaining < 0 ? undefined : i18n.text('composer.left', { n: remaining })
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    if (isSending) return
    await chat.leaveRequest(undefined, website.current?.value || undefined)
    if (chat.$request.get().state === 'needs_fix') setRefusals((count) => count + 1)
  }

  const field = (name: FieldName, hint: 'form.optional' | 'form.oneOf' | 'form.required') => ({
    name,
    label: i18n.text(fieldLabels[name]),
    hint: i18n.text(hint),
    problem: texts[name]
  })
  return (
    <form id={formId} ref={form} data-part="form" aria-labelledby="porchlight-form-title" noValidate onSubmit={submit}>
      <h3 id="porchlight-form-title">{i18n.text('form.title')}</h3>
      <p>{i18n.text(canAnswer ? 'form.introBusy' : 'form.intro')}</p>
      {wrong.length > 1 ? <ErrorSummary names={wrong} texts={texts} form={form} /> : null}
      <FormField {...field('name', 'form.optional')}>
        {(attributes) => (
          <input
            {...attributes}
            value={fields.name ?? ''}
            readOnly={isSending}
            autocomplete="name"
            dir={fields.name ? 'auto' : undefined}
            onInput={edit('name')}
          />
        )}
      </FormField>
      <FormField {...field('email', 'form.oneOf')}>
        {(attributes) => (
          <input
            {...attributes}
            value={fields.email ?? ''}
            readOnly={isSending}
            type="email"
            inputMode="email"
            autocomplete="email"
            autocapitalize="none"
            spellcheck={false}
            dir="ltr"
            onInput={edit('email')}
          />
        )}
      </FormField>
      <FormField {...field('phone', 'form.oneOf')}>
        {(attributes) => (
          <input
            {...attributes}
            value={fields.phone ?? ''}
            readOnly={isSending}
            type="tel"
            inputMode="tel"
            autocomplete="tel"
            dir="ltr"
            onInput={edit('phone')}
          />
        )}
      </FormField>
      <FormField {...field('text', 'form.required')} note={noteOn(charactersLeft(text))}>
        {(attributes) => (
          <textarea
            {...attributes}
            ref={question}
            value={text}
            readOnly={isSending}
            required
            rows={4}
            dir={text ? 'auto' : undefined}
            onInput={edit('text')}
          />
        )}
      </FormField>
      {/* People neither see nor reach this; what fills in everything does. */}
      <input ref={website} name="website" type="text" hidden autocomplete="off" />
    </form>
  )
}

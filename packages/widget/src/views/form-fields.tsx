import { useStore } from '@porchlight/ui'
import type { TargetedInputEvent, VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { charactersLeft } from '../components/characters-left.js'
import { FormField } from '../components/form-field.js'
import { useAutosize } from '../hooks/use-autosize.js'
import { usePanel } from '../panel/panel-context.js'
import { Consent } from './consent.js'
import { CustomFields } from './custom-fields.js'
import { type FieldName, lacksContact } from './form-problems.js'

/** The one-line fields: what is said beside them, and how they are typed and filled in. Numbers and addresses run one way everywhere. */
const lines = {
  name: { hint: 'form.optional', input: { autocomplete: 'name' } },
  email: {
    hint: 'form.oneOf',
    input: { type: 'email', inputMode: 'email', autocomplete: 'email', autocapitalize: 'none', spellcheck: false, dir: 'ltr' }
  },
  phone: { hint: 'form.oneOf', input: { type: 'tel', inputMode: 'tel', autocomplete: 'tel', dir: 'ltr' } }
} as const

/** What each field is called, and what is wrong with it. */
export interface FormFieldsProps {
  readonly labels: ReadonlyMap<string, string>
  readonly problems: Readonly<Record<string, string>>
}

export function FormFields({ labels, problems }: FormFieldsProps): VNode {
  const { chat, i18n } = usePanel()
  const { fields, problems: found, state } = useStore(chat.$request)
  const question = useRef<HTMLTextAreaElement>(null)
  const text = fields.text ?? ''
  const noContact = lacksContact(found)
  const remaining = charactersLeft(text)
  useAutosize(question, text)

  const common = (name: FieldName) => ({
    value: fields[name] ?? '',
    readOnly: state === 'sending',
    dir: fields[name] ? ('auto' as const) : undefined,
    onInput: (event: TargetedInputEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      // Either way to answer takes away that both are missing, which stands at the email.
      chat.editRequest({ ...(noContact && name === 'phone' ? { email: fields.email ?? '' } : {}), [name]: event.currentTarget.value })
  })
  const labelled = (name: FieldName) => ({
    name,
    label: labels.get(name) ?? '',
    problem: problems[name],
    problemAt: noContact && name === 'phone' ? 'email' : undefined
  })

  return (
    <>
      {(['name', 'email', 'phone'] as const).map((name) => (
        <FormField key={name} {...labelled(name)} hint={i18n.text(lines[name].hint)}>
          {(attributes) => <input {...attributes} {...common(name)} {...lines[name].input} />}
        </FormField>
      ))}
      <CustomFields labels={labels} problems={problems} />
      <FormField
        {...labelled('text')}
        hint={i18n.text('form.required')}
        note={remaining === null || remaining < 0 ? undefined : i18n.text('composer.left', { n: remaining })}
      >
        {(attributes) => <textarea {...attributes} {...common('text')} ref={question} required rows={4} />}
      </FormField>
      <Consent problem={problems['consent']} />
    </>
  )
}

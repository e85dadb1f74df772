import { type FormField as AskedField, textIn } from '@porchlight/protocol'
import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { CheckField } from '../components/check-field.js'
import { FormField } from '../components/form-field.js'
import { usePanel } from '../panel/panel-context.js'
import type { FormFieldsProps } from './form-fields.js'

/** Name, email, phone, question and so many more stand in sight; what else need not be filled in waits behind one button. */
const inSight = 2

/** The fields that the site added. */
export function CustomFields({ labels, problems }: FormFieldsProps): VNode {
  const { chat, i18n } = usePanel()
  const { fields } = useStore(chat.$request)
  const asked = useStore(chat.$site).form?.fields ?? []
  const draw = (field: AskedField) => (
    <CustomField key={field.id} field={field} label={labels.get(`custom.${field.id}`) ?? ''} problem={problems[`custom.${field.id}`]} />
  )
  const required = asked.filter(({ isRequired }) => isRequired).length
  const shown = asked.filter(
    ({ isRequired }, index) => isRequired || asked.slice(0, index).filter((other) => !other.isRequired).length < inSight - required
  )
  const others = asked.filter((field) => !shown.includes(field))
  return (
    <>
      {shown.map(draw)}
      {others.length > 0 ? (
        <details open={others.some(({ id }) => fields.custom?.[id] || problems[`custom.${id}`])}>
          <summary>{i18n.text('form.more')}</summary>
          {others.map(draw)}
        </details>
      ) : null}
    </>
  )
}

interface CustomFieldProps {
  readonly field: AskedField
  readonly label: string
  readonly problem: string | undefined
}

function CustomField({ field: { id, kind, isRequired = false, options }, label, problem }: CustomFieldProps): VNode {
  const { chat, i18n } = usePanel()
  const { fields, state } = useStore(chat.$request)
  const value = fields.custom?.[id]
  const isSending = state === 'sending'
  const answer = (next: string | boolean) => chat.editRequest({ custom: { [id]: next } })
  const name = `custom.${id}`
  if (kind === 'checkbox') {
    return (
      <CheckField
        {...{ name, label, problem }}
        required={isRequired ? i18n.text('form.required') : null}
        isChecked={value === true}
        isDisabled={isSending}
        onChange={answer}
      />
    )
  }
  const common = {
    value: typeof value === 'string' ? value : '',
    required: isRequired,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => answer(event.currentTarget.value)
  }
  return (
    <FormField {...{ name, label, problem }} hint={i18n.text(isRequired ? 'form.required' : 'form.optional')}>
      {(attributes) =>
        kind === 'select' ? (
          <select {...attributes} {...common} disabled={isSending}>
            <option value="" />
            {options?.map((option) => (
              <option key={option.id} value={option.id}>
                {textIn(option.label, i18n.locale)}
              </option>
            ))}
          </select>
        ) : (
          <input {...attributes} {...common} type={kind as 'text'} readOnly={isSending} dir={kind === 'text' && value ? 'auto' : undefined} />
        )
      }
    </FormField>
  )
}

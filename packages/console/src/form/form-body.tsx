import type { ComponentChildren, VNode } from 'preact'
import { useConsole } from '../console-context.js'
import type { MessageKey } from '../stores/language.js'
import { TextField, type TextFieldProps } from './text-field.js'
import { type FormOptions, useForm } from './use-form.js'

/** One field of a form. */
export interface FormField<Field extends string> extends Pick<TextFieldProps, 'type' | 'autoComplete'> {
  readonly name: Field
  readonly label: MessageKey
  readonly hint?: MessageKey
}

/** What {@link FormBody} shows and does. */
export interface FormBodyProps<Field extends string> extends FormOptions<Field> {
  /** In the order they are shown. */
  readonly fields: readonly FormField<Field>[]
  /** The words of its button. */
  readonly action: string
  /** What stands beside its button. */
  readonly children?: ComponentChildren
}

/** A form: each problem under its field, what the server said under all, and one button. */
export function FormBody<Field extends string>({ fields, action, children, ...options }: FormBodyProps<Field>): VNode {
  const { text } = useConsole().i18n
  const form = useForm(options)
  return (
    <form noValidate onSubmit={form.submit}>
      {fields.map(({ name, label, hint, ...rest }) => {
        const problem = form.problemOfField(name)
        return (
          <TextField
            key={name}
            id={name}
            label={text(label)}
            value={form.values[name]}
            hint={hint && text(hint)}
            error={problem && text(problem.key, { field: text(label), ...problem.values })}
            field={form.place(name)}
            onValue={(value) => form.change(name, value)}
            {...rest}
          />
        )
      })}
      {/* Within the form, because what stands outside a modal dialog is not heard. A wait is spoken once and then counts down in silence. */}
      {form.refusal ? (
        <p role="alert" data-part={form.wait ? 'hidden' : 'problem'}>
          {form.refusal}
        </p>
      ) : null}
      {form.wait ? (
        <p role="timer" data-part="problem">
          {form.wait}
        </p>
      ) : null}
      <button type="submit" data-part="primary" aria-disabled={form.isBusy}>
        {action}
      </button>
      {children}
    </form>
  )
}

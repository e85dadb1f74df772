import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import type { MessageKey } from '../stores/language.js'
import { DoorPage } from './door-page.js'
import { TextField, type TextFieldProps } from './text-field.js'
import { type DoorFormOptions, useDoorForm } from './use-door-form.js'

/** One field of a form before the console. */
export interface DoorField<Field extends string> extends Pick<TextFieldProps, 'type' | 'autoComplete'> {
  readonly name: Field
  readonly label: MessageKey
  readonly hint?: MessageKey
}

/** What {@link DoorForm} shows and does. */
export interface DoorFormProps<Field extends string> extends DoorFormOptions<Field> {
  readonly title: string
  readonly note?: string | undefined
  /** In the order they are shown. */
  readonly fields: readonly DoorField<Field>[]
  /** The words of its button. */
  readonly action: string
}

/** A card with a form on it, each problem under its field, and one button. */
export function DoorForm<Field extends string>({ title, note, fields, action, ...options }: DoorFormProps<Field>): VNode {
  const { text } = useConsole().i18n
  const form = useDoorForm(options)
  return (
    <DoorPage title={title} note={note}>
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
              error={problem && text(problem, { field: text(label) })}
              field={form.place(name)}
              onValue={(value) => form.change(name, value)}
              {...rest}
            />
          )
        })}
        {form.problem ? <p data-part="problem">{form.problem}</p> : null}
        <button type="submit" data-part="primary" aria-disabled={form.isBusy}>
          {action}
        </button>
      </form>
    </DoorPage>
  )
}

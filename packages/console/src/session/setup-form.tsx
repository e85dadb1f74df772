import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { DoorPage } from './door-page.js'
import { setupProblems } from './field-problems.js'
import { TextField, type TextFieldProps } from './text-field.js'
import { useDoorForm } from './use-door-form.js'

type Field = 'name' | 'email' | 'password'

const fields: readonly (Pick<TextFieldProps, 'type' | 'autoComplete'> & {
  readonly name: Field
  readonly label: 'setup.name' | 'signIn.email' | 'signIn.password'
})[] = [
  { name: 'name', type: 'text', autoComplete: 'name', label: 'setup.name' },
  { name: 'email', type: 'email', autoComplete: 'email', label: 'signIn.email' },
  { name: 'password', type: 'password', autoComplete: 'new-password', label: 'signIn.password' }
]

/** Makes the first owner, with the one-time token of the setup link. */
export function SetupForm(): VNode {
  const { session, i18n } = useConsole()
  const { text } = i18n
  const form = useDoorForm<Field>({
    start: { name: '', email: '', password: '' },
    check: setupProblems,
    send: ({ name, email, password }) => session.setUp({ name: name.trim(), email: email.trim(), password }),
    refused: 'setup.badLink',
    first: 'name'
  })
  return (
    <DoorPage title={text('setup.title')} note={text('setup.intro')}>
      <form noValidate onSubmit={form.submit}>
        {fields.map(({ name, label, ...rest }) => {
          const key = form.problemOfField(name)
          return (
            <TextField
              key={name}
              id={name}
              label={text(label)}
              value={form.values[name]}
              hint={name === 'password' ? text('setup.passwordHint') : undefined}
              error={key && text(key, { field: text(label) })}
              field={form.place(name)}
              onValue={(value) => form.change(name, value)}
              {...rest}
            />
          )
        })}
        {form.problem ? <p data-part="problem">{form.problem}</p> : null}
        <button type="submit" data-part="primary" aria-disabled={form.isBusy}>
          {text('setup.submit')}
        </button>
      </form>
    </DoorPage>
  )
}

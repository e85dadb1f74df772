import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import type { SignInReason } from '../stores/session.js'
import { DoorPage } from './door-page.js'
import { signInProblems } from './field-problems.js'
import { TextField } from './text-field.js'
import { useDoorForm } from './use-door-form.js'

/** Asks for email and password. */
export function SignInForm({
  reason,
  email,
  needsSetup
}: {
  readonly reason: SignInReason
  readonly email: string
  readonly needsSetup: boolean
}): VNode {
  const { session, i18n } = useConsole()
  const { text } = i18n
  const form = useDoorForm({
    start: { email, password: '' },
    check: signInProblems,
    send: (values) => session.signIn(values.email.trim(), values.password),
    refused: 'problem.credentials',
    first: email === '' ? 'email' : 'password'
  })
  const note = needsSetup ? text('signIn.needsSetup') : reason === 'start' ? undefined : text(`signIn.${reason}`)
  const errorOf = (field: 'email' | 'password', label: string): string | undefined => {
    const key = form.problemOfField(field)
    return key && text(key, { field: label })
  }
  return (
    <DoorPage title={text('signIn.title')} note={note}>
      <form noValidate onSubmit={form.submit}>
        <TextField
          id="email"
          type="email"
          autoComplete="username"
          label={text('signIn.email')}
          value={form.values.email}
          error={errorOf('email', text('signIn.email'))}
          field={form.place('email')}
          onValue={(value) => form.change('email', value)}
        />
        <TextField
          id="password"
          type="password"
          autoComplete="current-password"
          label={text('signIn.password')}
          value={form.values.password}
          error={errorOf('password', text('signIn.password'))}
          field={form.place('password')}
          onValue={(value) => form.change('password', value)}
        />
        {form.problem ? <p data-part="problem">{form.problem}</p> : null}
        <button type="submit" data-part="primary" aria-disabled={form.isBusy}>
          {text('signIn.submit')}
        </button>
      </form>
    </DoorPage>
  )
}

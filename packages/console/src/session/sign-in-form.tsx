import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import type { FormField } from '../form/form-body.js'
import type { SessionState } from '../stores/session.js'
import { DoorForm } from './door-form.js'
import { signInProblems } from './field-problems.js'

const fields: readonly FormField<'email' | 'password'>[] = [
  { name: 'email', type: 'email', autoComplete: 'username', label: 'signIn.email' },
  { name: 'password', type: 'password', autoComplete: 'current-password', label: 'signIn.password' }
]

/** Asks for email and password. */
export function SignInForm({ reason, email, needsSetup }: Extract<SessionState, { readonly state: 'signed-out' }>): VNode {
  const { session, i18n } = useConsole()
  const { text } = i18n
  return (
    <DoorForm
      title={text('signIn.title')}
      note={needsSetup && reason !== 'usedLink' ? text('signIn.needsSetup') : reason === 'start' ? undefined : text(`signIn.${reason}`)}
      isNews={reason === 'usedLink'}
      fields={fields}
      action={text('signIn.submit')}
      start={{ email, password: '' }}
      check={signInProblems}
      send={(values) => session.signIn(values.email.trim(), values.password)}
      refused="problem.credentials"
      first={email === '' ? 'email' : 'password'}
    />
  )
}

import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import type { FormField } from '../form/form-body.js'
import { DoorForm } from './door-form.js'
import { setupProblems } from './field-problems.js'

const fields: readonly FormField<'name' | 'email' | 'password'>[] = [
  { name: 'name', type: 'text', autoComplete: 'name', label: 'setup.name' },
  { name: 'email', type: 'email', autoComplete: 'email', label: 'signIn.email' },
  { name: 'password', type: 'password', autoComplete: 'new-password', label: 'signIn.password', hint: 'setup.passwordHint' }
]

/** Makes the first owner, with the one-time token of the setup link. */
export function SetupForm(): VNode {
  const { session, i18n } = useConsole()
  return (
    <DoorForm
      title={i18n.text('setup.title')}
      note={i18n.text('setup.intro')}
      fields={fields}
      action={i18n.text('setup.submit')}
      start={{ name: '', email: '', password: '' }}
      check={setupProblems}
      send={({ name, email, password }) => session.setUp({ name: name.trim(), email: email.trim(), password })}
      refused="signIn.usedLink"
      first="name"
    />
  )
}

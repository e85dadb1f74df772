import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { ConsoleContext, type ConsoleServices, useConsole } from './console-context.js'
import { DoorPage } from './session/door-page.js'
import { SetupForm } from './session/setup-form.js'
import { SignInForm } from './session/sign-in-form.js'
import { SignedIn } from './session/signed-in.js'
import { UnreachablePage } from './session/unreachable-page.js'

/** The whole console. */
export function App({ services }: { readonly services: ConsoleServices }): VNode {
  return (
    <ConsoleContext.Provider value={services}>
      <View />
    </ConsoleContext.Provider>
  )
}

/** Picks what is shown by who is there. */
function View(): VNode {
  const { session, i18n } = useConsole()
  const state = useStore(session.$session)
  switch (state.state) {
    case 'loading':
      return <DoorPage title={i18n.text('app.loading')} />
    case 'unreachable':
      return <UnreachablePage />
    case 'setup':
      return <SetupForm />
    case 'signed-out':
      return <SignInForm key={state.reason} {...state} />
    case 'signed-in':
      return <SignedIn me={state.me} />
  }
}

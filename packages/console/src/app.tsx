import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { ConsoleContext, type ConsoleServices, useConsole, WorkspaceContext } from './console-context.js'
import { DoorPage } from './session/door-page.js'
import { SetupForm } from './session/setup-form.js'
import { SignInForm } from './session/sign-in-form.js'
import { UnreachablePage } from './session/unreachable-page.js'
import { WorkspaceView } from './workspace-view.js'

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
  const { session, desk, i18n } = useConsole()
  const state = useStore(session.$session)
  const workspace = useStore(desk.$workspace)
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
      if (workspace === null) return <DoorPage title={i18n.text('noSite.title')} note={i18n.text('noSite.text')} />
      return (
        <WorkspaceContext.Provider value={workspace}>
          <WorkspaceView key={`${workspace.operatorId} ${workspace.site}`} me={state.me} />
        </WorkspaceContext.Provider>
      )
  }
}

import type { Me } from '@porchlight/protocol'
import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { SitesButton } from '../sites/sites-button.js'
import { DoorPage } from './door-page.js'
import { SignOut } from './sign-out.js'

/** Somebody is signed in who belongs to no site: he makes the first one, or leaves. */
export function NoSitePage({ me, onSites }: { readonly me: Me; readonly onSites: () => void }): VNode {
  const { i18n, problems } = useConsole()
  const problem = useStore(problems.$shown)
  return (
    <DoorPage title={i18n.text('noSite.title')} note={problem ?? i18n.text('noSite.text')} isNews={problem !== null}>
      <SitesButton me={me} kind="primary" onOpen={onSites} />
      <SignOut />
    </DoorPage>
  )
}

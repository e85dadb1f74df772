import type { Me } from '@porchlight/protocol'
import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { useConsole, WorkspaceContext } from '../console-context.js'
import { SitesDialog } from '../sites/sites-dialog.js'
import { WorkspaceView } from '../workspace-view.js'
import { NoSitePage } from './no-site-page.js'

/** Somebody who is signed in: at work on a site, or without one. The dialog of the sites stands over both, so that it outlives the first site's making. */
export function SignedIn({ me }: { readonly me: Me }): VNode {
  const { desk } = useConsole()
  const workspace = useStore(desk.$workspace)
  const [hasSites, setSites] = useState(false)
  const opener = useRef<Element | null>(null)
  const openSites = (): void => {
    opener.current = document.activeElement
    setSites(true)
  }
  const closeSites = (): void => {
    setSites(false)
    // The focus goes back to the button that opened it, unless that went with the page that said there was no site.
    if (!opener.current?.isConnected) workspace?.showPane(workspace.$pane.get(), 'available')
  }
  return (
    <>
      {workspace ? (
        <WorkspaceContext.Provider value={workspace}>
          <WorkspaceView key={`${workspace.operatorId} ${workspace.site}`} me={me} onSites={openSites} />
        </WorkspaceContext.Provider>
      ) : (
        <NoSitePage me={me} onSites={openSites} />
      )}
      {hasSites ? <SitesDialog me={me} onClose={closeSites} /> : null}
    </>
  )
}

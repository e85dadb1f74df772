import type { Me } from '@porchlight/protocol'
import { cleanName } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole, useWorkspace } from '../console-context.js'
import { SitesButton } from '../sites/sites-button.js'
import { AvailabilitySwitch } from './availability-switch.js'
import { ConnectionBanner } from './connection-banner.js'
import { Mark } from './mark.js'
import { ProblemBar } from './problem-bar.js'
import { SignOut } from './sign-out.js'
import { SiteChoice } from './site-choice.js'
import { isLost, type ShownConnection } from './use-connection-state.js'

/** What {@link Header} shows. */
export interface HeaderProps {
  readonly me: Me
  readonly connection: ShownConnection
  readonly onShortcuts: () => void
  readonly onSites: () => void
}

/** The bar over everything: site, connection, the operator's switch, and the way out. */
export function Header({ me, connection, onShortcuts, onSites }: HeaderProps): VNode {
  const { text } = useConsole().i18n
  const { mayWrite } = useWorkspace()
  return (
    <header data-pane="header">
      <div data-part="header">
        <h1 data-part="brand">
          <Mark />
          <span data-part="brand-name">{text('app.name')}</span>
        </h1>
        <SiteChoice me={me} />
        <p data-part="connection" data-state={connection}>
          {text(isLost(connection) ? 'connection.lostShort' : `connection.${connection}`)}
        </p>
        {mayWrite ? <AvailabilitySwitch isAvailable={me.available} connection={connection} /> : null}
        <button type="button" data-part="quiet" aria-keyshortcuts="?" aria-haspopup="dialog" onClick={onShortcuts}>
          <span aria-hidden="true">?</span>
          <span data-part="hidden">{text('header.shortcuts')}</span>
        </button>
        <p data-part="me" dir="auto">
          {cleanName(me.name)}
        </p>
        <SitesButton me={me} kind="quiet" onOpen={onSites} />
        <SignOut />
      </div>
      <ConnectionBanner connection={connection} isAvailable={mayWrite && me.available} />
      <ProblemBar />
    </header>
  )
}

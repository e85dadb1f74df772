import type { Me } from '@porchlight/protocol'
import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useCallback, useEffect, useLayoutEffect, useState } from 'preact/hooks'
import { useConsole, useWorkspace } from './console-context.js'
import { DetailsPane } from './conversation/details-pane.js'
import { ThreadPane } from './conversation/thread-pane.js'
import { InboxPane } from './inbox/inbox-pane.js'
import { Header } from './session/header.js'
import { useConnectionState } from './session/use-connection-state.js'
import { ShortcutsDialog } from './shortcuts/shortcuts-dialog.js'
import { useShortcuts } from './shortcuts/use-shortcuts.js'
import { watchInboxNews } from './stores/inbox-news.js'

/** An operator at work: the header, both lists, the open conversation, and what is known about its customer. */
export function WorkspaceView({ me, onSites }: { readonly me: Me; readonly onSites: () => void }): VNode {
  const workspace = useWorkspace()
  const pane = useStore(workspace.$pane)
  const connection = useConnectionState()
  const [hasHelp, setHelp] = useState(false)
  const showHelp = useCallback(() => setHelp(true), [])
  useShortcuts(showHelp)
  useTitle(me)
  useInboxNews()
  return (
    <div data-part="console" data-view={pane}>
      <Header me={me} connection={connection} onShortcuts={showHelp} onSites={onSites} />
      <main data-part="panes">
        <InboxPane isAvailable={me.available} />
        <ThreadPane />
        <DetailsPane />
      </main>
      {hasHelp ? <ShortcutsDialog onClose={() => setHelp(false)} /> : null}
    </div>
  )
}

/** Unread messages and requests stand in the title of the page, for when it is behind others. */
function useTitle(me: Me): void {
  const { text } = useConsole().i18n
  const workspace = useWorkspace()
  const unread = useStore(workspace.$unread)
  const site = me.sites.find((each) => each.site === workspace.site)?.name ?? workspace.site
  useEffect(() => {
    document.title = unread > 0 ? text('app.titleUnread', { n: unread, site }) : text('app.title', { site })
  }, [unread, site, text])
  useEffect(
    () => () => {
      document.title = text('app.name')
    },
    [text]
  )
}

/** Speaks of what comes in while something else is open. */
function useInboxNews(): void {
  const { i18n, announce } = useConsole()
  const { inbox, $selection } = useWorkspace()
  useLayoutEffect(
    () =>
      watchInboxNews({
        inbox,
        isOpen: (c) => $selection.get()?.c === c,
        tell: ({ conversations, requests, messages }) => {
          if (conversations > 0) announce(i18n.text('inbox.announceConversations', { n: conversations }))
          if (requests > 0) announce(i18n.text('inbox.announceRequests', { n: requests }))
          if (messages > 0) announce(i18n.text('inbox.announceMessages', { n: messages }))
        }
      }),
    [inbox, $selection, i18n, announce]
  )
}

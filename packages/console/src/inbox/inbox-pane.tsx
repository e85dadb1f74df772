import type { ConversationRow } from '@porchlight/protocol'
import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { useConsole, useWorkspace } from '../console-context.js'
import { RequestItem } from '../requests/request-item.js'
import { ConversationItem } from './conversation-item.js'
import { RowList } from './row-list.js'
import { compareConversations, compareRequests } from './row-order.js'

/** Both lists of the site, one under the other, always on screen together. */
export function InboxPane({ isAvailable }: { readonly isAvailable: boolean }): VNode {
  const { text } = useConsole().i18n
  const { inbox, $selection, mayWrite } = useWorkspace()
  const { conversations, requests } = useStore(inbox.$rows)
  const state = useStore(inbox.$state)
  const selection = useStore($selection)
  const conversationIds = useMemo(
    () => idsOf([...conversations.values()].filter(({ chat }) => chat).sort(compareConversations), 'c'),
    [conversations]
  )
  const requestIds = useMemo(() => idsOf([...requests.values()].sort(compareRequests), 'id'), [requests])
  const emptyText = { loading: 'app.loading', failed: 'inbox.failed', ready: null } as const
  const empty = emptyText[state]
  const isCalled = mayWrite && !isAvailable && state === 'ready' && needsSomebody([...conversations.values()])
  return (
    <section data-part="inbox" aria-label={text('inbox.title')}>
      <RowList
        name="conversations"
        title={text('inbox.conversations')}
        empty={text(empty ?? 'inbox.noConversations')}
        note={isCalled ? text('inbox.turnOn') : null}
        ids={conversationIds}
        selected={selection?.kind === 'conversation' ? selection.id : null}
        takesFocus={selection?.kind !== 'request'}
        row={(id, props) => {
          const row = conversations.get(id)
          return row ? <ConversationItem key={id} row={row} {...props} /> : null
        }}
      />
      <RowList
        name="requests"
        title={text('inbox.requests')}
        empty={text(empty ?? 'inbox.noRequests')}
        ids={requestIds}
        selected={selection?.kind === 'request' ? selection.id : null}
        takesFocus={selection?.kind === 'request'}
        row={(id, props) => {
          const row = requests.get(id)
          return row ? <RequestItem key={id} row={row} {...props} /> : null
        }}
      />
    </section>
  )
}

/** Whether customers wait, or nobody has ever taken a chat: somebody new then has to learn what the switch is for. */
function needsSomebody(conversations: readonly ConversationRow[]): boolean {
  const chats = conversations.filter(({ chat }) => chat)
  return chats.some(({ state, waitingSince }) => state === 'open' && waitingSince !== null) || chats.every(({ assignee }) => assignee === null)
}

function idsOf<Key extends string>(rows: readonly Readonly<Record<Key, string>>[], key: Key): readonly string[] {
  return rows.map((row) => row[key])
}

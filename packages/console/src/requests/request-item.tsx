import type { RequestRow } from '@porchlight/protocol'
import { cleanName, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole, useWorkspace } from '../console-context.js'
import { RowButton } from '../inbox/row-button.js'
import type { RowProps } from '../inbox/row-list.js'
import { requestWords } from '../inbox/row-words.js'
import { isUnreadRequest, readOrder } from '../inbox/unread.js'

/** A row of "Requests". */
export function RequestItem({ row, ...props }: { readonly row: RequestRow } & RowProps): VNode {
  const { i18n, $now } = useConsole()
  const workspace = useWorkspace()
  const { text } = i18n
  const { conversations } = useStore(workspace.inbox.$rows)
  const isUnread = isUnreadRequest(row, readOrder(row.c, conversations, useStore(workspace.inbox.$reads)))
  const hasDraft = useStore(workspace.drafts.$owners).has(row.c)
  const { requestTargetMs } = useStore(workspace.inbox.$targets)
  const { tone, state } = requestWords(i18n, row, { now: useStore($now), targetMs: requestTargetMs })
  return (
    <RowButton
      {...props}
      name={cleanName(row.fields.name ?? row.fields.email ?? row.fields.phone ?? row.reference)}
      at={row.createdAt}
      text={row.fields.text}
      tone={tone}
      unread={isUnread ? 1 : 0}
      unreadText={text('row.unreadRequest')}
      facts={
        <>
          <span data-part="row-state">{state}</span>
          {row.spam ? <span data-part="row-spam">{text('request.spam')}</span> : null}
          {hasDraft ? <span data-part="row-draft">{text('row.draft')}</span> : null}
          <span data-part="reference">{row.reference}</span>
        </>
      }
      onOpen={(focus) => workspace.select({ kind: 'request', id: row.id, c: row.c }, focus)}
    />
  )
}

import type { ConversationRow } from '@porchlight/protocol'
import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole, useWorkspace } from '../console-context.js'
import { answerTargetMs } from './answer-target.js'
import { RowButton } from './row-button.js'
import type { RowProps } from './row-list.js'
import { conversationWords } from './row-words.js'
import { visitorName } from './visitor-name.js'

/** A row of "Conversations". */
export function ConversationItem({ row, ...props }: { readonly row: ConversationRow } & RowProps): VNode {
  const { i18n, $now } = useConsole()
  const workspace = useWorkspace()
  const { text } = i18n
  const unread = useStore(workspace.unread.$counts).get(row.c) ?? 0
  const hasDraft = useStore(workspace.drafts.$owners).has(row.c)
  const { requests } = useStore(workspace.inbox.$rows)
  const targetMs = answerTargetMs(row, requests.values(), useStore(workspace.inbox.$targets))
  const { tone, state } = conversationWords(i18n, row, { now: useStore($now), targetMs })
  return (
    <RowButton
      {...props}
      name={visitorName(i18n, row.visitor)}
      at={row.preview?.at ?? row.createdAt}
      text={newestText(row, text)}
      tone={tone}
      unread={unread}
      unreadText={text('row.unread', { n: unread })}
      facts={
        <>
          <span data-part="row-state">{state}</span>
          {hasDraft ? <span data-part="row-draft">{text('row.draft')}</span> : null}
          {row.assignee ? (
            <span>{row.assignee.id === workspace.operatorId ? text('row.yours') : text('row.assignee', { name: row.assignee.name })}</span>
          ) : null}
        </>
      }
      onOpen={(focus) => workspace.select({ kind: 'conversation', id: row.c, c: row.c }, focus)}
    />
  )
}

function newestText({ preview }: ConversationRow, text: ReturnType<typeof useConsole>['i18n']['text']): string {
  if (preview === null) return text('row.noText')
  return preview.by === 'visitor' ? preview.text : text('row.reply', { text: preview.text })
}

import type { ChangeConversationBody, ConversationRow, InboxSnapshot, OperatorPresence } from '@porchlight/protocol'
import { cleanName } from '@porchlight/ui'
import type { InboxRows } from '../inbox/apply-inbox-event.js'
import type { ConsoleI18n } from '../stores/language.js'

/** One way to hand a conversation on. */
export interface TransferTarget {
  readonly key: string
  readonly group: 'colleagues' | 'departments'
  readonly label: string
  /** Who or what gets it. */
  readonly name: string
  readonly to: Pick<ChangeConversationBody, 'assignee' | 'department'>
  /** What to know before. */
  readonly hint?: string
}

/** What is known of whoever could get it. */
export interface TransferView {
  readonly rows: InboxRows
  readonly departments: InboxSnapshot['departments']
  /** Who hands it on. */
  readonly operatorId: string
}

/** Everybody but whoever has it, with whether he takes chats and how many he has; nobody; and departments other than its own. */
export function transferTargets(i18n: ConsoleI18n, row: ConversationRow, { rows, departments, operatorId }: TransferView): TransferTarget[] {
  const { text } = i18n
  const others = [...rows.operators.values()].filter(({ id }) => id !== row.assignee?.id)
  const colleagues = others.map((operator) =>
    colleagueTarget(i18n, operator, { load: loadOf(rows, operator.id), isSelf: operator.id === operatorId })
  )
  const nobody: TransferTarget = {
    ...{ key: 'nobody', group: 'colleagues', to: { assignee: null } },
    ...{ label: text('transfer.nobody'), name: text('transfer.nobody') }
  }
  const wholeSite = row.department === null ? [] : [{ id: null, name: text('transfer.wholeSite') }]
  const places = [...departments.filter(({ id }) => id !== row.department), ...wholeSite]
  return [
    ...colleagues,
    ...(row.assignee === null ? [] : [nobody]),
    ...places.map(({ id, name }) => ({ key: `d ${id ?? ''}`, group: 'departments', label: name, name, to: { department: id } }) as const)
  ]
}

function colleagueTarget(
  { text }: ConsoleI18n,
  { id, name: full, available, live }: OperatorPresence,
  { load, isSelf }: { readonly load: number; readonly isSelf: boolean }
): TransferTarget {
  const name = isSelf ? text('transfer.you') : cleanName(full)
  const presence = text(live ? (available ? 'details.available' : 'details.busy') : 'details.away')
  const label = text('transfer.colleague', { name, presence, load: text('transfer.load', { n: load }) })
  const target: TransferTarget = { key: `o ${id}`, group: 'colleagues', label, name, to: { assignee: id } }
  return live ? target : { ...target, hint: text('transfer.awayHint', { name }) }
}

function loadOf({ conversations }: InboxRows, operatorId: string): number {
  return [...conversations.values()].filter(({ chat, state, assignee }) => chat && state === 'open' && assignee?.id === operatorId).length
}

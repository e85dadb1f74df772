import type { ChatMessage } from '@porchlight/core'
import { type I18n, MessageItem, Receipt, type ReceiptState, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { operatorOf, requestOf, textOf } from '../panel/entry-content.js'
import { type TextKey, usePanel } from '../panel/panel-context.js'
import { refusals } from '../panel/refusals.js'
import { Confirmation } from './confirmation.js'

/** One entry of the transcript and what its neighbours mean for it. */
export interface EntryProps {
  readonly entry: ChatMessage
  readonly startsGroup: boolean
  readonly endsGroup: boolean
  /** The newest own message that came this far. */
  readonly showsReceipt: boolean
}

/** Draws an entry by its kind; one of an unknown kind keeps its place and shows nothing. */
export function Entry(props: EntryProps): VNode | null {
  const { i18n } = usePanel()
  const { entry } = props
  const name = entry.by.name ?? i18n.text('agent.name')
  if (entry.k === 'text') return <TextEntry {...props} name={name} />
  if (entry.k === 'request') return <RequestEntry entry={entry} />
  const line = lineOf(entry, name, i18n)
  return line ? <li data-part="line">{line}</li> : null
}

/** What happened in one sentence, or nothing where the visitor need not know. */
function lineOf(entry: ChatMessage, name: string, i18n: I18n<TextKey>): string | false | null {
  const { k, own, body } = entry
  switch (k) {
    case 'converted':
      return typeof body['reference'] === 'string' && i18n.text('done.converted', { ref: body['reference'] })
    case 'assigned': {
      const operator = operatorOf(entry)
      return operator && i18n.text('agent.now', { name: operator.name })
    }
    case 'joined':
    case 'left':
      return !own && i18n.text(`agent.${k}`, { name })
    case 'status':
      return body['status'] === 'closed' && i18n.text('end.done')
    default:
      return null
  }
}

function TextEntry({ entry, name, startsGroup, endsGroup, showsReceipt }: EntryProps & { readonly name: string }): VNode {
  const { i18n } = usePanel()
  const { id, own, at, state } = entry
  const time = i18n.time(at)
  const author = own ? i18n.text('msg.own') : i18n.text('msg.from', { name })
  return (
    <MessageItem
      id={`porchlight-${id}`}
      side={own ? 'end' : 'start'}
      text={textOf(entry)}
      label={`${author}, ${time}`}
      name={!own && startsGroup ? name : undefined}
      time={endsGroup ? time : undefined}
      state={state === 'received' ? undefined : state}
      startsGroup={startsGroup}
      endsGroup={endsGroup || showsReceipt}
    >
      {state !== 'received' && showsReceipt ? <OwnState entry={entry} state={state} /> : null}
    </MessageItem>
  )
}

function OwnState({ entry: { id, failure }, state }: { readonly entry: ChatMessage; readonly state: ReceiptState }): VNode {
  const { chat, i18n } = usePanel()
  const connection = useStore(chat.$connection)
  const reason = failure && refusals[failure]
  // What waits for a connection that nobody tries to mend is not on its way.
  const shown = state === 'pending' && connection.state === 'failed' ? 'failed' : failure === 'timeout' ? 'timeout' : state
  return (
    <>
      <Receipt state={state} text={i18n.text(`msg.${shown}`)} />
      {state === 'failed' ? (
        <span data-part="actions">
          {reason ? <span data-part="reason">{i18n.text(reason)}</span> : null}
          <button type="button" data-part="text-button" onClick={() => chat.resend(id)}>
            {i18n.text('msg.retry')}
          </button>
          <button type="button" data-part="text-button" onClick={() => chat.discard(id)}>
            {i18n.text('msg.remove')}
          </button>
        </span>
      ) : null}
    </>
  )
}

function RequestEntry({ entry }: { readonly entry: ChatMessage }): VNode | null {
  const { i18n } = usePanel()
  const content = requestOf(entry)
  if (!content) return null
  const time = i18n.time(entry.at)
  return (
    <>
      {content.text ? (
        <MessageItem
          id={`porchlight-${entry.id}`}
          side="end"
          text={content.text}
          label={`${i18n.text('done.own')}, ${time}`}
          time={time}
          startsGroup
          endsGroup
        />
      ) : null}
      <Confirmation reference={content.reference} contact={content.contact} order={entry.order} />
    </>
  )
}

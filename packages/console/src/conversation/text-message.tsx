import { cleanName, MessageItem, Receipt, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole, useWorkspace } from '../console-context.js'
import { problemText } from '../stores/problem.js'
import type { Thread } from '../stores/threads.js'
import type { TextEntry } from './transcript-entries.js'

/** What {@link TextMessage} shows. */
export interface TextMessageProps {
  readonly entry: TextEntry
  readonly thread: Thread
  readonly customerName: string
  readonly startsGroup: boolean
  readonly endsGroup: boolean
}

/** One message; an own one says how far it came, and one that failed can be sent again or dropped. */
export function TextMessage({ entry, thread, customerName, startsGroup, endsGroup }: TextMessageProps): VNode {
  const { i18n } = useConsole()
  const workspace = useWorkspace()
  const isConnected = useStore(workspace.connection.$connection).state === 'open'
  const { text } = i18n
  const time = i18n.time(entry.at)
  const name = cleanName(entry.by.name ?? (entry.by.role === 'visitor' ? customerName : text('notice.system')))
  const { state, failure } = entry
  /** Its buttons go with the failure, so the focus goes on to where the operator writes. */
  const act = (change: (id: string) => void): void => {
    change(entry.id)
    workspace.showPane('thread', 'reply')
  }
  return (
    <MessageItem
      id={`message-${entry.id}`}
      side={entry.by.role === 'visitor' ? 'start' : 'end'}
      text={entry.text}
      label={entry.isOwn ? text('message.own', { time }) : text('message.from', { name, time })}
      name={startsGroup && !entry.isOwn ? name : undefined}
      time={endsGroup ? time : undefined}
      state={state}
      startsGroup={startsGroup}
      endsGroup={endsGroup}
    >
      {state !== undefined && entry.showsState ? (
        <Receipt state={state} text={text(state === 'pending' && !isConnected ? 'message.waiting' : `message.${state}`)} />
      ) : null}
      {state === 'failed' ? (
        <span data-part="failed">
          {failure === undefined ? null : <span>{text(problemText(failure))}</span>}
          <button type="button" data-part="link" onClick={() => act(thread.log.resend)}>
            {text('message.retry')}
          </button>
          <button type="button" data-part="link" onClick={() => act(thread.log.discard)}>
            {text('message.remove')}
          </button>
        </span>
      ) : null}
    </MessageItem>
  )
}

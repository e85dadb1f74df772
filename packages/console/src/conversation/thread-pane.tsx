import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole, useWorkspace } from '../console-context.js'
import { NothingOpen } from './nothing-open.js'
import { ReplyBox } from './reply-box.js'
import { ThreadHeader } from './thread-header.js'
import { Transcript } from './transcript.js'
import { TypingLine } from './typing-line.js'
import { useCustomerName } from './use-customer-name.js'

/** The open conversation, or word that none is. */
export function ThreadPane(): VNode {
  const { text } = useConsole().i18n
  const { $selection, $thread, $lookup, inbox, mayWrite } = useWorkspace()
  const selection = useStore($selection)
  const thread = useStore($thread)
  const lookup = useStore($lookup)
  const { conversations } = useStore(inbox.$rows)
  const customerName = useCustomerName(selection)
  if (selection === null || thread === null || lookup !== 'done') return <NothingOpen lookup={lookup} />
  const row = conversations.get(thread.c)
  return (
    <section data-part="thread" data-pane="thread" aria-label={text('thread.title')}>
      <ThreadHeader key={`head ${selection.id}`} selection={selection} row={row} customerName={customerName} />
      <Transcript key={`log ${thread.c}`} thread={thread} customerName={customerName} />
      <TypingLine key={`typing ${thread.c}`} log={thread.log} customerName={customerName} />
      {mayWrite ? (
        <ReplyBox key={`reply ${thread.c}`} thread={thread} isClosed={row?.state === 'closed'} isRequest={selection.kind === 'request'} />
      ) : (
        <p data-part="watching">{text('reply.watching')}</p>
      )}
    </section>
  )
}

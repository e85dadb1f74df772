import type { ConversationRow } from '@porchlight/protocol'
import { Icon, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { useConsole, useWorkspace } from '../console-context.js'
import { RequestStateChoice } from '../requests/request-state-choice.js'
import type { Selection } from '../stores/view.js'
import { useFocusTarget } from '../use-focus-target.js'
import { CloseButton } from './close-button.js'
import { TransferForm } from './transfer-form.js'

/** What {@link ThreadHeader} shows. */
export interface ThreadHeaderProps {
  readonly selection: Selection
  readonly row: ConversationRow | undefined
  readonly customerName: string
}

/** Who is on the other side, in what state, and what can be done about it. */
export function ThreadHeader({ selection, row, customerName }: ThreadHeaderProps): VNode {
  const { text } = useConsole().i18n
  const workspace = useWorkspace()
  const request = useStore(workspace.inbox.$rows).requests.get(selection.kind === 'request' ? selection.id : '')
  // A request that nobody chatted about is closed by its own state, not by that of its conversation.
  const isChat = selection.kind === 'conversation' || row?.chat === true
  const title = useRef<HTMLHeadingElement>(null)
  useFocusTarget('thread', () => title.current)
  return (
    <div data-part="thread-head">
      <button type="button" data-part="back" onClick={() => workspace.showPane('inbox', 'row')}>
        <Icon name="back" />
        <span data-part="hidden">{text('thread.back')}</span>
      </button>
      <div data-part="thread-title">
        <h2 ref={title} tabIndex={-1} dir="auto">
          {customerName}
        </h2>
        <p>
          {isChat && row ? (
            <span data-part="pill" data-state={row.state}>
              {text(row.state === 'closed' ? 'thread.closed' : 'thread.open')}
            </span>
          ) : null}
          {request ? <span data-part="reference">{text('request.title', { reference: request.reference })}</span> : null}
        </p>
      </div>
      {request && workspace.mayWrite ? <RequestStateChoice row={request} /> : null}
      {isChat && workspace.mayWrite && row?.state === 'open' ? <TransferForm row={row} /> : null}
      {isChat && workspace.mayWrite ? <CloseButton c={selection.c} isClosed={row?.state === 'closed'} /> : null}
      <button type="button" data-part="details-button" onClick={() => workspace.showPane('details', 'details')}>
        {text('thread.details')}
      </button>
    </div>
  )
}

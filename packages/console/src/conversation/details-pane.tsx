import type { ConversationRow, OperatorPresence, RequestRow } from '@porchlight/protocol'
import { cleanName, Icon, RichText, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { useConsole, useWorkspace } from '../console-context.js'
import { useFocusTarget } from '../use-focus-target.js'
import { useCustomerName } from './use-customer-name.js'

/** What is known about the customer of the open conversation, and who else is at work. */
export function DetailsPane(): VNode {
  const { text } = useConsole().i18n
  const workspace = useWorkspace()
  const selection = useStore(workspace.$selection)
  const { conversations, requests, operators } = useStore(workspace.inbox.$rows)
  const customerName = useCustomerName(selection)
  const title = useRef<HTMLHeadingElement>(null)
  useFocusTarget('details', () => title.current)
  const row = selection ? conversations.get(selection.c) : undefined
  const own = selection ? [...requests.values()].filter(({ c }) => c === selection.c) : []
  return (
    <section data-part="details" data-pane="details" aria-labelledby="details-title">
      <div data-part="rows-head">
        <button type="button" data-part="back" onClick={() => workspace.showPane('thread', 'thread')}>
          <Icon name="back" />
          <span data-part="hidden">{text('details.back')}</span>
        </button>
        <h2 id="details-title" ref={title} tabIndex={-1}>
          {text('details.title')}
        </h2>
      </div>
      <div data-part="details-body">
        {selection ? <CustomerFacts name={customerName} row={row} /> : null}
        {own.length > 0 ? <OwnRequests rows={own} /> : null}
        <Colleagues operators={[...operators.values()]} />
      </div>
    </section>
  )
}

function CustomerFacts({ name, row }: { readonly name: string; readonly row: ConversationRow | undefined }): VNode {
  const { i18n, $now } = useConsole()
  const { text } = i18n
  const now = useStore($now)
  const moment = (at: number): VNode => <time dateTime={new Date(at).toISOString()}>{`${i18n.day(at, now)}, ${i18n.time(at)}`}</time>
  return (
    <dl data-part="facts">
      <div>
        <dt>{text('details.customer')}</dt>
        <dd>
          <bdi>{name}</bdi> <span data-part="pill">{text('details.unverified')}</span>
        </dd>
      </div>
      {row?.page ? (
        <div>
          <dt>{text('details.page')}</dt>
          <dd dir="ltr">
            <RichText text={row.page} />
          </dd>
        </div>
      ) : null}
      {row ? (
        <>
          <div>
            <dt>{text('details.started')}</dt>
            <dd>{moment(row.createdAt)}</dd>
          </div>
          <div>
            <dt>{text('details.updated')}</dt>
            <dd>{moment(row.updatedAt)}</dd>
          </div>
          <div>
            <dt>{text('details.assignee')}</dt>
            <dd dir="auto">{row.assignee ? cleanName(row.assignee.name) : text('details.nobody')}</dd>
          </div>
        </>
      ) : null}
    </dl>
  )
}

function OwnRequests({ rows }: { readonly rows: readonly RequestRow[] }): VNode {
  const { text } = useConsole().i18n
  const workspace = useWorkspace()
  return (
    <section>
      <h3>{text('details.requests')}</h3>
      {rows.map((row) => (
        <p key={row.id} data-part="own-request">
          <button
            type="button"
            data-part="link"
            aria-label={text('details.openRequest', { reference: row.reference })}
            onClick={() => workspace.select({ kind: 'request', id: row.id, c: row.c }, 'reply')}
          >
            {row.reference}
          </button>
          <span data-part="pill" data-state={row.state}>
            {text(`request.state.${row.state}`)}
          </span>
        </p>
      ))}
    </section>
  )
}

function Colleagues({ operators }: { readonly operators: readonly OperatorPresence[] }): VNode | null {
  const { text } = useConsole().i18n
  const { operatorId } = useWorkspace()
  const others = operators.filter(({ id }) => id !== operatorId)
  if (others.length === 0) return null
  return (
    <section>
      <h3>{text('details.colleagues')}</h3>
      <dl data-part="facts">
        {others.map(({ id, name, available, live }) => (
          <div key={id}>
            <dt dir="auto">{cleanName(name)}</dt>
            <dd>{text(live ? (available ? 'details.available' : 'details.busy') : 'details.away')}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

import { cleanName, RichText, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole, useWorkspace } from '../console-context.js'
import type { RequestEntry } from '../conversation/transcript-entries.js'
import { ContactFields } from './contact-fields.js'

/** A request in its conversation: what was asked, by whom, and how to answer. */
export function RequestCard({ entry }: { readonly entry: RequestEntry }): VNode {
  const { i18n } = useConsole()
  const { text } = i18n
  const row = useStore(useWorkspace().inbox.$rows).requests.get(entry.request)
  const title = `request-${entry.id}`
  return (
    <li data-part="request-card" id={`message-${entry.id}`} aria-labelledby={title} tabIndex={-1}>
      <div data-part="request-head">
        <h3 id={title}>{text('request.title', { reference: entry.reference })}</h3>
        {row ? (
          <span data-part="pill" data-state={row.state}>
            {text(`request.state.${row.state}`)}
          </span>
        ) : null}
        {row?.spam ? <span data-part="pill">{text('request.spam')}</span> : null}
        <time dateTime={new Date(entry.at).toISOString()}>{i18n.time(entry.at)}</time>
      </div>
      <p data-part="text" dir="auto">
        <RichText text={entry.fields.text} />
      </p>
      <ContactFields {...entry.fields} name={cleanName(entry.fields.name ?? '')} />
      <p data-part="hint">{text('request.unverified')}</p>
    </li>
  )
}

import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import type { NoticeEntry } from './transcript-entries.js'

/** A line about the conversation itself: closed, open again, taken over. That it is open again names nobody: writing opens it too, and the log says no more. */
export function NoticeLine({ entry, customerName }: { readonly entry: NoticeEntry; readonly customerName: string }): VNode {
  const { i18n } = useConsole()
  const author = entry.by.name ?? (entry.by.role === 'visitor' ? customerName : i18n.text('notice.system'))
  const about = entry.about ?? author
  return (
    <li data-part="notice" data-state={entry.notice}>
      {i18n.text(`notice.${entry.notice}`, { name: about, reference: about })}
      <time dateTime={new Date(entry.at).toISOString()}>{i18n.time(entry.at)}</time>
    </li>
  )
}

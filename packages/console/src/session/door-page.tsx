import type { ComponentChildren, VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { Mark } from './mark.js'

/** What is shown while nobody is inside: one card with a heading. */
export function DoorPage(props: { readonly title: string; readonly note?: string | undefined; readonly children?: ComponentChildren }): VNode {
  const { i18n } = useConsole()
  return (
    <main data-part="door">
      <div data-part="card">
        <p data-part="brand">
          <Mark />
          {i18n.text('app.name')}
        </p>
        <h1>{props.title}</h1>
        {props.note ? <p data-part="note">{props.note}</p> : null}
        {props.children}
      </div>
    </main>
  )
}

import type { ComponentChildren, VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { Mark } from './mark.js'

/** What {@link DoorPage} shows. */
export interface DoorPageProps {
  readonly title: string
  readonly note?: string | undefined
  /** The note tells of something that has just happened. */
  readonly isNews?: boolean | undefined
  readonly children?: ComponentChildren
}

/** What is shown while nobody is inside: one card with a heading. */
export function DoorPage(props: DoorPageProps): VNode {
  const { i18n } = useConsole()
  return (
    <main data-part="door">
      <div data-part="card">
        <p data-part="brand">
          <Mark />
          {i18n.text('app.name')}
        </p>
        <h1>{props.title}</h1>
        {props.note ? (
          <p data-part="note" role={props.isNews ? 'alert' : undefined}>
            {props.note}
          </p>
        ) : null}
        {props.children}
      </div>
    </main>
  )
}

import type { VNode } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import { moveRow } from '../shortcuts/move-row.js'
import { useFocusTarget } from '../use-focus-target.js'
import { useHeldOrder } from './use-held-order.js'
import { useHold } from './use-hold.js'

/** What a row needs from its list. */
export interface RowProps {
  /** The one row of the list that Tab reaches. */
  readonly isStop: boolean
  readonly isSelected: boolean
  readonly onFocus: () => void
}

/** One of the two lists. */
export interface RowListProps {
  readonly name: 'conversations' | 'requests'
  readonly title: string
  /** What stands in place of rows. */
  readonly empty: string
  /** What the operator can do about this list as a whole, while there is something to do. */
  readonly note?: string | null
  /** Ids in the wanted order. */
  readonly ids: readonly string[]
  readonly selected: string | null
  /** The focus comes back to this list when the operator leaves what he had opened. */
  readonly takesFocus: boolean
  readonly row: (id: string, props: RowProps) => VNode | null
}

/** A named list with one tab stop, whose rows do not move under a hand. */
export function RowList({ name, title, empty, note, ids, selected, takesFocus, row }: RowListProps): VNode {
  const { text } = useConsole().i18n
  const { hold, ...holdHandlers } = useHold()
  const { ids: shown, buffered, release } = useHeldOrder(ids, hold)
  const [focused, setFocused] = useState<string | null>(null)
  const [released, setReleased] = useState<string | undefined>(undefined)
  const list = useRef<HTMLUListElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const stop = [focused, selected, shown[0]].find((id) => typeof id === 'string' && shown.includes(id))
  const rowOf = (id: string | null | undefined): HTMLElement | null | undefined =>
    list.current?.children[shown.indexOf(id ?? '')]?.querySelector<HTMLElement>('[data-part="row"]')

  useLayoutEffect(() => {
    if (released === undefined) return
    setReleased(undefined)
    rowOf(released)?.focus()
  })
  // A list without rows takes it too: a wish that waited for one would move the focus when a customer comes.
  useFocusTarget('row', () => rowOf(selected) ?? rowOf(stop) ?? heading.current, takesFocus)

  return (
    <section data-part="rows" data-pane={name} aria-labelledby={`${name}-title`} {...holdHandlers}>
      <div data-part="rows-head">
        <h2 ref={heading} id={`${name}-title`} tabIndex={-1}>
          {title}
        </h2>
        <span data-part="count">{shown.length > 0 ? shown.length : ''}</span>
        {buffered > 0 ? (
          <button type="button" data-part="new-rows" onClick={() => setReleased(release())}>
            {text('inbox.new', { n: buffered })}
          </button>
        ) : null}
      </div>
      {note ? <p data-part="rows-note">{note}</p> : null}
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari forgets a list whose markers are off */}
      <ul ref={list} role="list" aria-labelledby={`${name}-title`} onKeyDown={(event) => moveRow(event, list.current)}>
        {shown.map((id) => row(id, { isStop: id === stop, isSelected: id === selected, onFocus: () => setFocused(id) }))}
      </ul>
      {shown.length === 0 ? <p data-part="empty">{empty}</p> : null}
    </section>
  )
}

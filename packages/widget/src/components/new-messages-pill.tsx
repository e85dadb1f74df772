import { Icon } from '@porchlight/ui'
import type { RefObject, VNode } from 'preact'
import { useUnseen } from '../hooks/use-unseen.js'
import { usePanel } from '../panel/panel-context.js'

/** What the pill needs to know. */
export interface NewMessagesPillProps {
  readonly content: RefObject<HTMLElement | null>
  readonly toTopOf: (element: Element) => void
  readonly isSeeingNewest: boolean
}

/** Says what came in below the reader's place, and leads there. */
export function NewMessagesPill({ content, toTopOf, isSeeingNewest }: NewMessagesPillProps): VNode | null {
  const { i18n } = usePanel()
  const { count, firstId } = useUnseen(isSeeingNewest)
  if (count === 0) return null

  function follow(): void {
    const first = content.current?.querySelector<HTMLElement>(`[aria-labelledby="${CSS.escape(`porchlight-${firstId}`)}"]`)
    if (!first) return
    toTopOf(first)
    first.focus({ preventScroll: true })
  }

  return (
    <button type="button" data-part="pill" onClick={follow}>
      <Icon name="down" />
      {i18n.text('history.pill', { n: count })}
    </button>
  )
}

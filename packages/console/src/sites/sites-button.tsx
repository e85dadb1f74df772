import type { Me } from '@porchlight/protocol'
import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'

/** Opens the sites, for whoever may change one, and for whoever has none: on a new server he makes the first. */
export function SitesButton({
  me,
  kind,
  onOpen
}: {
  readonly me: Me
  readonly kind: 'quiet' | 'primary'
  readonly onOpen: () => void
}): VNode | null {
  const { text } = useConsole().i18n
  if (me.sites.length > 0 && !me.sites.some(({ role }) => role === 'owner' || role === 'admin')) return null
  return (
    <button type="button" data-part={kind} data-action="sites" onClick={onOpen}>
      {text('sites.title')}
    </button>
  )
}

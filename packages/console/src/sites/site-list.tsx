import type { SiteRow } from '@porchlight/protocol'
import { cleanName } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'

/** What {@link SiteList} shows. */
export interface SiteListProps {
  /** Null: not read yet. */
  readonly sites: readonly SiteRow[] | null
  /** Only an owner makes sites. */
  readonly mayAdd: boolean
  /** Null: a new one. */
  readonly onOpen: (site: SiteRow | null) => void
}

/** The sites, each a button that opens it, and one for another. */
export function SiteList({ sites, mayAdd, onOpen }: SiteListProps): VNode {
  const { text } = useConsole().i18n
  return (
    <>
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari forgets a list whose markers are off */}
      <ul role="list" data-part="sites" aria-labelledby="sites-title">
        {sites?.map((row) => (
          <li key={row.site}>
            <button type="button" data-part="secondary" onClick={() => onOpen(row)}>
              <bdi>{cleanName(row.name)}</bdi> <span data-part="hint">{row.site}</span>
            </button>
          </li>
        ))}
      </ul>
      {mayAdd ? (
        <button type="button" data-part="primary" onClick={() => onOpen(null)}>
          {text('sites.add')}
        </button>
      ) : null}
    </>
  )
}

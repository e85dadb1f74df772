import type { Me } from '@porchlight/protocol'
import type { VNode } from 'preact'
import { useConsole, useWorkspace } from '../console-context.js'

/** The site on show: its name, or a choice for somebody who works for several. */
export function SiteChoice({ me }: { readonly me: Me }): VNode {
  const { desk, i18n } = useConsole()
  const { site } = useWorkspace()
  if (me.sites.length < 2) return <p data-part="site">{me.sites[0]?.name}</p>
  return (
    <label data-part="site">
      <span data-part="hidden">{i18n.text('header.site')}</span>
      <select value={site} onChange={(event) => desk.chooseSite(event.currentTarget.value)}>
        {me.sites.map((each) => (
          <option key={each.site} value={each.site}>
            {each.name}
          </option>
        ))}
      </select>
    </label>
  )
}

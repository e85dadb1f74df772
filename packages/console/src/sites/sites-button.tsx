import type { Me } from '@porchlight/protocol'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import { SitesDialog } from './sites-dialog.js'

/** Opens the sites, for whoever may change one. */
export function SitesButton({ me }: { readonly me: Me }): VNode | null {
  const { text } = useConsole().i18n
  const [isOpen, setOpen] = useState(false)
  if (!me.sites.some(({ role }) => role === 'owner' || role === 'admin')) return null
  return (
    <>
      <button type="button" data-part="quiet" data-action="sites" onClick={() => setOpen(true)}>
        {text('sites.title')}
      </button>
      {isOpen ? <SitesDialog me={me} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

import type { SiteRow } from '@porchlight/protocol'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import { FormBody, type FormField } from '../form/form-body.js'
import { SiteSettings } from '../settings/site-settings.js'
import type { OnUnsaved } from '../settings/use-unsaved.js'
import { blameSite, type SiteField, type SiteValues, siteProblems } from './site-fields.js'
import { TagToCopy } from './tag-to-copy.js'

const name: FormField<SiteField> = { name: 'site-name', type: 'text', autoComplete: 'off', label: 'sites.name', hint: 'sites.nameHint' }
const id: FormField<SiteField> = { name: 'site-id', type: 'text', autoComplete: 'off', label: 'sites.id', hint: 'sites.idHint' }
const origins: FormField<SiteField> = { name: 'site-origins', type: 'lines', autoComplete: 'off', label: 'sites.origins', hint: 'sites.originsHint' }

/** What {@link SiteView} shows and does. */
export interface SiteViewProps {
  /** Null: a site is to be made. */
  readonly site: SiteRow | null
  /** It has just been made, here. */
  readonly isNew: boolean
  /** Saves it; resolves once the console knows of it. */
  readonly save: (values: SiteValues) => Promise<void>
  /** Hears whether there are settings that are typed and not saved. */
  readonly onUnsaved: OnUnsaved
}

/** One site: its name, whose pages may show its widget, the tag for them, and its settings. */
export function SiteView({ site, isNew, save, onUnsaved }: SiteViewProps): VNode {
  const { text } = useConsole().i18n
  const [isSaved, setSaved] = useState(isNew)
  const start: SiteValues = { 'site-name': site?.name ?? '', 'site-id': site?.site ?? '', 'site-origins': site?.origins.join('\n') ?? '' }
  return (
    <>
      <FormBody
        fields={site ? [name, origins] : [name, id, origins]}
        action={text(site ? 'sites.save' : 'sites.add')}
        start={start}
        check={(values) => {
          setSaved(false)
          return siteProblems(values)
        }}
        send={async (values) => {
          await save(values)
          setSaved(true)
        }}
        blame={blameSite}
        refused="signIn.expired"
        first="site-name"
      />
      <p role="status" data-part="hint">
        {isSaved && text('sites.saved')}
      </p>
      {site ? <TagToCopy site={site.site} takesFocus={isNew} /> : null}
      {site ? <SiteSettings site={site.site} onUnsaved={onUnsaved} /> : null}
    </>
  )
}

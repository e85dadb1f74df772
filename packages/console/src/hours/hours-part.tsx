import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { PartFrame } from '../settings/part-frame.js'
import { readSiteHours } from '../stores/hours.js'
import { HoursForm, type HoursFormProps } from './hours-form.js'

/** The part of a site's dialog that says when it is open, once what is kept was read. */
export function HoursPart({ site, onUnsaved }: Omit<HoursFormProps, 'saved'>): VNode {
  const { text } = useConsole().i18n
  return (
    <section data-part="hours-part" aria-labelledby="hours-title">
      <h3 id="hours-title">{text('hours.title')}</h3>
      <PartFrame site={site} read={readSiteHours}>
        {(saved) => <HoursForm site={site} saved={saved} onUnsaved={onUnsaved} />}
      </PartFrame>
    </section>
  )
}

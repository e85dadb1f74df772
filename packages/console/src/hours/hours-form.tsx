import type { SiteHours } from '@porchlight/protocol'
import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import { PlaceProblem } from '../form/place-problem.js'
import { PartForm } from '../settings/part-form.js'
import type { OnUnsaved } from '../settings/use-unsaved.js'
import { createCalendarWords } from './calendar-words.js'
import { HoursPreviewList } from './hours-preview.js'

import { ExceptionFields, HolidayFields } from './other-days.js'
import { useHoursForm } from './use-hours-form.js'
import { type HoursFieldsProps, WeekFields } from './week-fields.js'
import { ZoneField } from './zone-field.js'

/** What {@link HoursForm} shows and tells. */
export interface HoursFormProps {
  readonly site: string
  readonly saved: SiteHours | null
  readonly onUnsaved: OnUnsaved
}

/** When a site is open: always, or by the clocks of a zone; and what customers would see of it. */
export function HoursForm({ site, saved, onUnsaved }: HoursFormProps): VNode {
  const { locale } = useConsole().i18n
  const form = useHoursForm(site, saved)
  const words = useMemo(() => createCalendarWords(locale), [locale])
  const fields: HoursFieldsProps = { values: form.values, problems: form.problems, words, onValues: form.change }
  return (
    <PartForm part="hours" state={form} problems={form.problems} action="hours.save" onUnsaved={onUnsaved} onFocus={form.focus}>
      <HoursMode isAlwaysOpen={form.values.isAlwaysOpen} onMode={(isAlwaysOpen) => form.change({ ...form.values, isAlwaysOpen })} />
      {form.values.isAlwaysOpen ? null : (
        <div id="hours" data-part="hours">
          <PlaceProblem place="hours" problems={form.problems} />
          <ZoneField zone={form.values.zone} problems={form.problems} onZone={(zone) => form.change({ ...form.values, zone })} />
          <WeekFields {...fields} />
          <HolidayFields {...fields} />
          <ExceptionFields {...fields} />
          <HoursPreviewList preview={form.preview} words={words} />
        </div>
      )}
    </PartForm>
  )
}

function HoursMode({ isAlwaysOpen, onMode }: { readonly isAlwaysOpen: boolean; readonly onMode: (isAlwaysOpen: boolean) => void }): VNode {
  const { text } = useConsole().i18n
  return (
    <fieldset data-part="hours-mode">
      <legend data-part="hidden">{text('hours.title')}</legend>
      {[true, false].map((isAlways) => (
        <label key={String(isAlways)} data-part="check">
          <input type="radio" name="hours-mode" checked={isAlways === isAlwaysOpen} onChange={() => onMode(isAlways)} />
          {text(isAlways ? 'hours.always' : 'hours.sometimes')}
        </label>
      ))}
    </fieldset>
  )
}

import type { SiteHours } from '@porchlight/protocol'
import type { VNode } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import type { MessageKey } from '../stores/language.js'
import { createCalendarWords } from './calendar-words.js'
import { HoursPreviewList } from './hours-preview.js'
import { HoursProblem } from './hours-problem.js'
import type { HoursProblems } from './hours-problems.js'
import { ExceptionFields, HolidayFields } from './other-days.js'
import { type HoursForm as Form, useHoursForm } from './use-hours-form.js'
import { type HoursFieldsProps, WeekFields } from './week-fields.js'
import { ZoneField } from './zone-field.js'

/** What {@link HoursForm} shows and tells. */
export interface HoursFormProps {
  readonly site: string
  readonly saved: SiteHours | null
  readonly onUnsaved: (isUnsaved: boolean) => void
}

const statusTexts: Readonly<Record<NonNullable<Form['status']>, MessageKey>> = { saved: 'sites.saved', unsaved: 'hours.unsaved', kept: 'hours.kept' }

/** When a site is open: always, or by the clocks of a zone; and what customers would see of it. */
export function HoursForm({ site, saved, onUnsaved }: HoursFormProps): VNode {
  const { text, locale } = useConsole().i18n
  const form = useHoursForm(site, saved)
  const element = useFirstProblem(form)
  useUnsaved(form.isUnsaved, onUnsaved)
  const words = useMemo(() => createCalendarWords(locale), [locale])
  const fields: HoursFieldsProps = { values: form.values, problems: form.problems, words, onValues: form.change }
  return (
    <form
      ref={element}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.save()
      }}
      onFocusIn={({ target }) => form.focus((target as HTMLElement).id)}
      onFocusOut={() => form.focus('')}
    >
      <HoursMode isAlwaysOpen={form.values.isAlwaysOpen} onMode={(isAlwaysOpen) => form.change({ ...form.values, isAlwaysOpen })} />
      {form.values.isAlwaysOpen ? null : (
        <div id="hours" data-part="hours">
          <HoursProblem place="hours" problems={form.problems} />
          <ZoneField zone={form.values.zone} problems={form.problems} onZone={(zone) => form.change({ ...form.values, zone })} />
          <WeekFields {...fields} />
          <HolidayFields {...fields} />
          <ExceptionFields {...fields} />
          <HoursPreviewList preview={form.preview} words={words} />
        </div>
      )}
      {form.refusal ? (
        <p role="alert" data-part="problem">
          {text(form.refusal)}
        </p>
      ) : null}
      <button type="submit" data-part="primary" aria-disabled={form.isBusy}>
        {text('hours.save')}
      </button>
      <p role="status" data-part="hint">
        {form.status && text(statusTexts[form.status])}
      </p>
    </form>
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

/** After each refusal of what was to be saved the focus goes to the first field that is wrong, or the first of a group that is. */
function useFirstProblem({ refusals, problems }: { readonly refusals: number; readonly problems: HoursProblems }): {
  current: HTMLFormElement | null
} {
  const element = useRef<HTMLFormElement>(null)
  // Problems that come and go with what is typed move no focus.
  useLayoutEffect(() => {
    if (refusals === 0) return
    const wrong = [...(element.current?.querySelectorAll<HTMLElement>('[id]') ?? [])].find(({ id }) => problems.has(id))
    const control = wrong?.matches('input, select') ? wrong : wrong?.querySelector<HTMLElement>('input, select, button')
    control?.focus()
  }, [refusals])
  return element
}

/** Whoever closes or reloads the page is asked by the browser; who leaves within it, by the dialog. */
function useUnsaved(isUnsaved: boolean, onUnsaved: (isUnsaved: boolean) => void): void {
  useLayoutEffect(() => onUnsaved(isUnsaved), [isUnsaved, onUnsaved])
  useLayoutEffect(() => () => onUnsaved(false), [onUnsaved])
  useEffect(() => {
    if (!isUnsaved) return
    const ask = (event: Event): void => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isUnsaved])
}

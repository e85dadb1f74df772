import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import { describe, PlaceProblem, type PlaceProblems } from '../form/place-problem.js'

/** What {@link ZoneField} shows and does. */
export interface ZoneFieldProps {
  readonly zone: string
  readonly problems: PlaceProblems
  readonly onZone: (zone: string) => void
}

/** The time zone: a name, with the browser's own search in those it knows. The server may know others. */
export function ZoneField({ zone, problems, onZone }: ZoneFieldProps): VNode {
  const { text } = useConsole().i18n
  return (
    <div data-part="field">
      <label for="hours.zone">{text('hours.zone')}</label>
      <input
        id="hours.zone"
        list="hours-zones"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        required
        dir="ltr"
        value={zone}
        onInput={({ currentTarget }) => onZone(currentTarget.value)}
        {...describe(['hours.zone'], problems, 'hours-zone-hint')}
      />
      <datalist id="hours-zones">
        {Intl.supportedValuesOf('timeZone').map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <PlaceProblem place="hours.zone" problems={problems} />
      {problems.has('hours.zone') ? null : (
        <p id="hours-zone-hint" data-part="hint">
          {text('hours.zoneHint')}
        </p>
      )}
    </div>
  )
}

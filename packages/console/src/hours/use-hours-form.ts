import type { SiteHours } from '@porchlight/protocol'
import { useState } from 'preact/hooks'
import type { PlaceProblems } from '../form/place-problem.js'
import { type PartState, usePartState } from '../settings/use-part-state.js'
import { placeProblems, withoutUnfinished } from './hours-problems.js'
import { hoursOf, valuesOf } from './hours-values.js'
import { type PreviewState, useHoursPreview } from './use-hours-preview.js'

/** Hours on their way from what is kept to what is wanted. */
export interface HoursForm extends PartState<'hours'> {
  readonly preview: PreviewState
  readonly problems: PlaceProblems
  /** The id of the field that somebody is at; empty: none. */
  readonly focus: (id: string) => void
}

/** Hours that are looked at while they are typed: what is wrong with them is known before they are saved. */
export function useHoursForm(site: string, saved: SiteHours | null): HoursForm {
  const state = usePartState({
    site,
    part: 'hours',
    saved: () => valuesOf(saved, Intl.DateTimeFormat().resolvedOptions().timeZone),
    bodyOf: (values) => ({ hours: hoursOf(values) })
  })
  const [focused, setFocused] = useState('')
  const hours = hoursOf(state.values)
  const preview = useHoursPreview({ site, hours, onRefused: state.noteRefused })
  const placed = placeProblems(hours ? state.refused.fields : [], state.values)
  // Nobody is told off before he has finished; whoever wants to save has.
  const problems = state.refusals > 0 ? placed : withoutUnfinished(placed, state.values, focused)
  return { ...state, preview, problems, focus: setFocused }
}

import { type FieldProblem, hoursProblems } from '@porchlight/protocol'
import type { PlaceProblems } from '../form/place-problem.js'
import type { MessageKey } from '../stores/language.js'
import { fieldValues, type HoursValues } from './hours-values.js'

const words: Readonly<Record<string, MessageKey>> = {
  [hoursProblems.zone]: 'hours.badZone',
  [hoursProblems.from]: 'hours.badTime',
  [hoursProblems.to]: 'hours.badTime',
  [hoursProblems.empty]: 'hours.emptyTime',
  [hoursProblems.overlap]: 'hours.overlap',
  [hoursProblems.overlapsDayBefore]: 'hours.overlapsDayBefore',
  [hoursProblems.day]: 'hours.badDay',
  [hoursProblems.date]: 'hours.badDate',
  [hoursProblems.twice]: 'hours.twice'
}

/** Groups of fields, for what concerns no single one of them, or one that is not on the page any more. */
const groups = /^hours(\.week(\.[a-z]{3})?|\.(holidays|exceptions)(\.\d+(\.open)?)?)?$/

/** Where the problems that the server named stand on the page. Each is at its field, or at the smallest group around it. */
export function placeProblems(refused: readonly FieldProblem[], values: HoursValues): PlaceProblems {
  const fields = fieldValues(values)
  const isOnPage = (place: string): boolean => fields.has(place) || fields.has(`${place}.from`) || groups.test(place)
  // What a group is as a whole nobody can say while a part of it is missing, which has a problem of its own.
  const isIncomplete = (place: string): boolean => [...fields].some(([field, value]) => value === '' && field.startsWith(`${place}.`))
  const placed = new Map<string, MessageKey>()
  for (const { field, problem } of refused) {
    let place = field
    while (place !== 'hours' && !isOnPage(place)) place = place.slice(0, Math.max(0, place.lastIndexOf('.'))) || 'hours'
    if (!placed.has(place) && !isIncomplete(place)) placed.set(place, words[problem] ?? 'settings.refused')
  }
  return placed
}

/** Without what is still on its way: fields that are not filled in yet, and what somebody is at. */
export function withoutUnfinished(problems: PlaceProblems, values: HoursValues, focused: string): PlaceProblems {
  const fields = fieldValues(values)
  const isUnfinished = (place: string): boolean => fields.get(place) === '' || focused === place || focused.startsWith(`${place}.`)
  return new Map([...problems].filter(([place]) => !isUnfinished(place)))
}

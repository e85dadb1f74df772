import type { ChangeSiteBody } from '@porchlight/protocol'
import type { PlaceProblems } from '../form/place-problem.js'
import type { MessageKey } from '../stores/language.js'
import type { Refused } from './use-part-state.js'

/** Where the problems of a part can stand, and how they are said. */
export interface RefusedPlaces {
  /** The ids of its fields and groups. */
  readonly pattern: RegExp
  /** The words for what the server named, by its place on the page. */
  readonly wordsOf: (place: string, problem: string) => MessageKey
}

/**
 * Where the problems that the server named stand on the page: each at its field, or at the smallest group around it; what has no place at all is at
 * the empty one. A problem is gone once what it is about is changed: whether it is right now, only the server knows.
 */
export function placeRefused({ fields, body: before }: Refused, body: ChangeSiteBody, { pattern, wordsOf }: RefusedPlaces): PlaceProblems {
  const placed = new Map<string, MessageKey>()
  for (const { field, problem } of fields) {
    if (!isSame(before, body, field)) continue
    let place = field
    while (place !== '' && !pattern.test(place)) place = place.slice(0, Math.max(0, place.lastIndexOf('.')))
    if (!placed.has(place)) placed.set(place, wordsOf(place, problem))
  }
  return placed
}

function isSame(before: ChangeSiteBody, body: ChangeSiteBody, field: string): boolean {
  return JSON.stringify(valueAt(before, field)) === JSON.stringify(valueAt(body, field))
}

function valueAt(body: unknown, field: string): unknown {
  return field.split('.').reduce<unknown>((value, key) => (Object(value) as Readonly<Record<string, unknown>>)[key], body)
}

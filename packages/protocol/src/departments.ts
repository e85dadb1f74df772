import * as v from 'valibot'
import { KeptHoursSchema, type SiteHours, SiteHoursSchema } from './hours.js'
import { limits } from './limits.js'
import { count, line, type Schema, siteId, word } from './schema.js'

/**
 * A part of a site that answers for itself: its operators, and its hours where they are not the site's.
 *
 * @example
 * ```ts
 * import type { Department } from '@porchlight/protocol'
 *
 * const sales: Department = { id: 'sales', name: 'Sales', operators: ['op_ann'], hours: null }
 * console.log(sales.id)
 * ```
 */
export interface Department {
  /** The public name, which pages name: 1 to 40 of `a-z`, `0-9` and `-`. */
  readonly id: string
  /** What people read. */
  readonly name: string
  /** Ids of those who answer in it, all of them operators of the site; nobody else is given its chats. */
  readonly operators: readonly string[]
  /** When it is open; null: always. Missing: as the site is. */
  readonly hours?: SiteHours | null
}

/** Departments of a site. */
const departmentsMax = 50
/** Operators of a department. */
const operatorsMax = 1_000
/** Chats that one operator takes at once. */
const capacityMax = 7

const named = { id: siteId, name: line(limits.nameMaxChars), operators: operatorsOf(v.pipe(v.string(), v.maxLength(64))) }

/** Departments that were taken in once, also when this run time does not know the zone of their hours any more. */
export const KeptDepartmentsSchema: Schema<readonly Department[]> = v.array(
  v.object({ id: word, name: word, operators: v.array(word), hours: v.exactOptional(v.nullable(KeptHoursSchema)) })
)

/** Departments as an owner sets them. Whether the operators are those of the site, only the server knows. */
export const DepartmentsSchema: Schema<readonly Department[]> = v.pipe(
  v.array(v.strictObject({ ...named, hours: v.exactOptional(v.nullable(SiteHoursSchema)) })),
  v.maxLength(departmentsMax),
  v.check((departments) => new Set(departments.map(({ id }) => id)).size === departments.length, 'holds an id twice')
)

/** How many chats one operator takes at once: 1 to 7. */
export const CapacitySchema: Schema<number> = v.pipe(count, v.minValue(1), v.maxValue(capacityMax))

function operatorsOf(id: Schema<string>): Schema<readonly string[]> {
  return v.pipe(
    v.array(id),
    v.maxLength(operatorsMax),
    v.check((ids) => new Set(ids).size === ids.length, 'holds an operator twice')
  )
}

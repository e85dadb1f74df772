import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { Tables } from './tables.js'

/** Runs a statement with other values. */
export type Prepared<I, R> = (db: Kysely<Tables>, input: I) => Promise<readonly R[]>

/** Stands, while a statement is built, for a value that each run brings. */
interface Slot {
  readonly slot: string
}

/**
 * A statement that is built once, at its first run, and only given other values afterwards: building costs as much as running, and a message
 * takes a dozen statements.
 *
 * @param build Builds it. It takes each value by its name from its second argument, and may neither look at one nor list them.
 *
 * @example
 * ```ts
 * const findSite = prepared<{ id: string }, { name: string }>((db, { id }) => db.selectFrom('site').select('name').where('id', '=', id))
 * const [site] = await findSite(db, { id: 'shop' })
 * ```
 */
export function prepared<I extends object, R = unknown>(build: (db: Kysely<Tables>, input: I) => Compilable<R>): Prepared<I, R> {
  let built: CompiledQuery<R> | undefined
  return async (db, input) => {
    built ??= build(db, slots as I).compile()
    const parameters = built.parameters.map((value) => (isSlot(value) ? input[value.slot as keyof I] : value))
    return (await db.executeQuery<R>({ ...built, parameters })).rows
  }
}

const slots: object = new Proxy({}, { get: (_, slot) => ({ slot }) })

function isSlot(value: unknown): value is Slot {
  return typeof value === 'object' && value !== null && 'slot' in value
}

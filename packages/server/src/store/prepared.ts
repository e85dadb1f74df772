import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { SqliteFile } from './sqlite.js'
import type { Tables } from './tables.js'

/** Runs a statement with other values. */
export type Prepared<I, R> = (db: Kysely<Tables>, input: I) => Promise<readonly R[]>

/** The same for a statement that finds one row, or none. */
export type PreparedOne<I, R> = (db: Kysely<Tables>, input: I) => Promise<R | undefined>

/** Builds a statement. It takes each value by its name from its second argument, and may neither look at one nor list them. */
export type Build<I, R> = (db: Kysely<Tables>, input: I) => Compilable<R>

/** Stands, while a statement is built, for a value that each run brings. */
interface Slot {
  readonly slot: string
}

/** Files whose only user, for now, is one view of them. */
const ownFiles = new WeakMap<Kysely<Tables>, SqliteFile>()

/**
 * Says that nobody but the caller uses a file as long as he uses `db`, as within a transaction. What is prepared then goes to the file at once,
 * which costs a third: no lock of the connection is asked for, and no plug-in.
 */
export function goDirectly(db: Kysely<Tables>, file: SqliteFile): void {
  ownFiles.set(db, file)
}

/**
 * A statement that is built once, at its first run, and only given other values afterwards: building costs as much as running, and a message
 * takes a dozen statements.
 *
 * @example
 * ```ts
 * const sitesNamed = prepared<{ name: string }, { id: string }>((db, { name }) => db.selectFrom('site').select('id').where('name', '=', name))
 * const sites = await sitesNamed(db, { name: 'Lamps' })
 * ```
 */
export function prepared<I extends object, R = unknown>(build: Build<I, R>): Prepared<I, R> {
  const fill = fillable(build)
  return async (db, input) => {
    const query = fill(db, input)
    const file = ownFiles.get(db)
    if (!file) return (await db.executeQuery<R>(query)).rows
    const statement = file.prepare(query.sql)
    if (statement.reader) return statement.all(query.parameters) as R[]
    statement.run(query.parameters)
    return []
  }
}

/**
 * The same for one row, which is cheaper than a list of one.
 *
 * @example
 * ```ts
 * const findSite = preparedOne<{ id: string }, { name: string }>((db, { id }) => db.selectFrom('site').select('name').where('id', '=', id))
 * const site = await findSite(db, { id: 'shop' })
 * ```
 */
export function preparedOne<I extends object, R = unknown>(build: Build<I, R>): PreparedOne<I, R> {
  const fill = fillable(build)
  return async (db, input) => {
    const query = fill(db, input)
    const file = ownFiles.get(db)
    return file ? (file.prepare(query.sql).get(query.parameters) as R | undefined) : (await db.executeQuery<R>(query)).rows[0]
  }
}

const slots: object = new Proxy({}, { get: (_, slot) => ({ slot }) })

function fillable<I extends object, R>(build: Build<I, R>): (db: Kysely<Tables>, input: I) => CompiledQuery<R> {
  let built: CompiledQuery<R> | undefined
  return (db, input) => {
    built ??= build(db, slots as I).compile()
    const { sql, query, queryId, parameters } = built
    return { sql, query, queryId, parameters: parameters.map((value) => (isSlot(value) ? input[value.slot as keyof I] : value)) }
  }
}

function isSlot(value: unknown): value is Slot {
  return typeof value === 'object' && value !== null && 'slot' in value
}

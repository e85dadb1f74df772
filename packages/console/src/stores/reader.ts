/** Takes a value from outside: a fresh copy of what is known, or `wrong`. */
export type Reader<T> = (value: unknown) => T | typeof wrong

/** What a reader gives for a value of another shape. */
const wrong: unique symbol = Symbol('wrong')

/** Reads unknown data, or null when it does not fit. */
export function readAs<T>(reader: Reader<T>, value: unknown): T | null {
  const result = reader(value)
  return result === wrong ? null : result
}

export const text: Reader<string> = (value) => (typeof value === 'string' ? value : wrong)
export const flag: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : wrong)
/** A whole number that is not negative: counts, milliseconds. */
export const count: Reader<number> = (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : wrong)

export function oneOf<const T extends string>(...words: readonly T[]): Reader<T> {
  return (value) => (words.includes(value as T) ? (value as T) : wrong)
}

export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value) => (value === null ? null : reader(value))
}

/** What one reader takes or, where it does not, another. */
export function either<A, B>(first: Reader<A>, second: Reader<B>): Reader<A | B> {
  return (value) => {
    const read = first(value)
    return read === wrong ? second(value) : read
  }
}

export function list<T>(reader: Reader<T>): Reader<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return wrong
    const items: T[] = []
    for (const item of value) {
      const read = reader(item)
      if (read === wrong) return wrong
      items.push(read)
    }
    return items
  }
}

/** Reads an object that names any number of values of one kind. */
export function record<T>(reader: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value) => {
    if (typeof value !== 'object' || value === null) return wrong
    const items: [string, T][] = []
    for (const [name, item] of Object.entries(value)) {
      const read = reader(item)
      if (read === wrong) return wrong
      items.push([name, read])
    }
    return Object.fromEntries(items)
  }
}

type Fields<T> = { readonly [K in keyof T]-?: Reader<Exclude<T[K], undefined>> }
type OptionalKey<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T]

/** Reads an object by the readers of its fields; those named in `optional` may be absent. Unknown fields are left out. */
export function object<T extends object>(fields: Fields<T>, optional: readonly OptionalKey<T>[] = []): Reader<T> {
  const names = Object.keys(fields) as (keyof T)[]
  return (value) => {
    if (typeof value !== 'object' || value === null) return wrong
    const copy: Partial<T> = {}
    for (const name of names) {
      const field = (value as Partial<Record<keyof T, unknown>>)[name]
      if (!Object.hasOwn(value, name) && optional.includes(name as OptionalKey<T>)) continue
      const read = fields[name](field)
      if (read === wrong) return wrong
      copy[name] = read as T[keyof T]
    }
    return copy as T
  }
}

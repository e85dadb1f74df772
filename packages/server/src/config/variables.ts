/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Reads one variable after another and collects every fault on the way. */
export interface Variables {
  /** The value; undefined when unset or blank, which are the same. */
  readonly text: (name: string) => string | undefined
  /** What a reader makes of the value; undefined when unset or faulty. */
  readonly read: <T>(name: string, reader: (value: string) => T) => T | undefined
  /** Notes a fault that concerns more than one variable. */
  readonly fault: (sentence: string) => void
  readonly faults: () => readonly string[]
}

/** What a reader throws: what was expected, in words that follow "expected". */
export class Unexpected extends Error {
  /** Whether the value is left out of the sentence, because it may hold a secret. */
  readonly isSecret: boolean

  constructor(expected: string, { isSecret = false }: { readonly isSecret?: boolean } = {}) {
    super(expected)
    this.isSecret = isSecret
  }
}

/** Variables of an environment. */
export function createVariables(env: Environment): Variables {
  const faults: string[] = []

  function text(name: string): string | undefined {
    const value = env[name]
    return value?.trim() === '' ? undefined : value
  }

  return {
    text,
    read(name, reader) {
      const value = text(name)
      if (value === undefined) return undefined
      try {
        return reader(value)
      } catch (error) {
        if (!(error instanceof Unexpected)) throw error
        faults.push(error.isSecret ? `${name}: expected ${error.message}` : `${name} is ${JSON.stringify(value)}: expected ${error.message}`)
        return undefined
      }
    },
    fault: (sentence) => void faults.push(sentence),
    faults: () => faults
  }
}

/** A whole number within bounds. */
export function wholeNumber(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value)
    if (!/^\d+$/.test(value) || number < min || number > max) throw new Unexpected(`a whole number from ${min} to ${max}`)
    return number
  }
}

/** `1` or `0`. */
export function flag(value: string): boolean {
  if (value !== '0' && value !== '1') throw new Unexpected('1 or 0')
  return value === '1'
}

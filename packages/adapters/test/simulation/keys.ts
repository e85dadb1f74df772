import type { Message } from '@porchlight/core'

const key = /!?k\d+\./

/** The name of a text in the history: its first word, for one text may be as long as they get. */
export function keyIn(text: string): string {
  return key.exec(text)?.[0] ?? text
}

/** The name of an entry's text; undefined where it is none. */
export function keyOf({ k, body }: Pick<Message, 'k' | 'body'>): string | undefined {
  return k === 'text' ? keyIn(String(body['text'])) : undefined
}

/** The names of all texts that occur in what is stored somewhere. */
export function keysIn(values: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>()
  for (const value of values) for (const [name] of value.matchAll(new RegExp(key, 'g'))) found.add(name)
  return found
}

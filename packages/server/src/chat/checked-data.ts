import { type ErrorCode, eventDataSchemas, limits, parse, type Schema } from '@porchlight/protocol'
import type { Publication } from './chat-service.types.js'
import { mayWrite, type Subject } from './subject.js'

/** Data that may be stored, or why not. */
export type CheckedData = { readonly data: Readonly<Record<string, unknown>> } | { readonly code: ErrorCode }

/** What each kind of subject may publish; a note is for colleagues. */
const schemas: { readonly [K in Subject['kind']]: ReadonlyMap<string, Schema<Readonly<Record<string, unknown>>>> } = {
  visitor: new Map([['text', eventDataSchemas.text]]),
  operator: new Map([
    ['text', eventDataSchemas.text],
    ['note', eventDataSchemas.text]
  ])
}

/** Checks a publication's kind and body by what its author may write. */
export function checkData(subject: Subject, { k, body }: Publication): CheckedData {
  if (!mayWrite(subject)) return { code: 'forbidden' }
  const schema = schemas[subject.kind].get(k)
  if (!schema) return { code: 'unsupported' }
  if (isTooLong(body['text'])) return { code: 'too_large' }
  try {
    return { data: parse(schema, body) }
  } catch {
    return { code: 'invalid' }
  }
}

function isTooLong(text: unknown): boolean {
  if (typeof text !== 'string') return false
  return Array.from(text).length > limits.textMaxCodePoints || Buffer.byteLength(text) > limits.textMaxBytes
}

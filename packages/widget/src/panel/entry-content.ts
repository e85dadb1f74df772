import type { ChatMessage } from '@porchlight/core'

/** What a `request` entry holds. */
export interface RequestContent {
  readonly reference: string
  /** The question; undefined when the entry does not hold it. */
  readonly text: string | undefined
  /** Where the answer goes; undefined when the entry does not say. */
  readonly contact: string | undefined
}

/** The text of a `text` entry; empty for what is none. */
export function textOf({ body }: Pick<ChatMessage, 'body'>): string {
  return asText(body['text']) ?? ''
}

/** The request in a `request` entry, or null when its data is of another shape. */
export function requestOf({ body }: Pick<ChatMessage, 'body'>): RequestContent | null {
  const fields = asRecord(body['fields'])
  const reference = asText(body['reference'])
  if (!reference) return null
  return { reference, text: asText(fields['text']), contact: asText(fields['email']) || asText(fields['phone']) }
}

/** The fields of the request that is the last this visitor has written; null when it was something else. */
export function lastOwnRequest(messages: readonly ChatMessage[]): Readonly<Record<string, unknown>> | null {
  const last = messages.filter(({ own, k }) => own && (k === 'text' || k === 'request')).at(-1)
  return last?.k === 'request' ? asRecord(last.body['fields']) : null
}

/** The operator in an `assigned` entry; null when nobody is named. */
export function operatorOf({ body }: Pick<ChatMessage, 'body'>): { readonly id: string; readonly name: string } | null {
  const { id, name } = asRecord(body['operator'])
  return typeof id === 'string' && typeof name === 'string' ? { id, name } : null
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

import type { RequestFields } from '@porchlight/protocol'
import type { ChatMessage } from '../chat.types.js'
import { knownFields } from './request-fields.js'

/** Name, email and phone of the newest request that this visitor left, so that nobody types them twice. */
export function toldContact(messages: readonly ChatMessage[]): Partial<RequestFields> {
  const { body } = messages.findLast(({ own, k }) => own && k === 'request') ?? {}
  const { name, email, phone } = knownFields((body?.['fields'] ?? {}) as Partial<RequestFields>)
  return Object.fromEntries(Object.entries({ name, email, phone }).filter(([, value]) => value))
}

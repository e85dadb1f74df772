import type { Message, PendingMessage } from '@porchlight/core'
import type { ErrorCode, KeptRequestFields, Participant } from '@porchlight/protocol'
import type { ReceiptState, TimelineEntry } from '@porchlight/ui'
import { readRequestFields } from '../stores/read-rows.js'
import { object, readAs, text } from '../stores/reader.js'

/** What happened besides messages. */
export type Notice = 'closed' | 'reopened' | 'assigned' | 'unassigned' | 'joined' | 'left' | 'converted'

interface Base extends TimelineEntry {
  readonly by: Participant
  /** Its place in the log; null while it is on its way. */
  readonly order: number | null
}

/** A message. `state` only for the operator's own. */
export interface TextEntry extends Base {
  readonly kind: 'text'
  readonly text: string
  readonly isOwn: boolean
  readonly state?: ReceiptState | undefined
  /** The furthest message that came this far says so in words. */
  readonly showsState: boolean
  readonly failure?: ErrorCode | undefined
}

/** A request that the customer left. */
export interface RequestEntry extends Base {
  readonly kind: 'request'
  readonly request: string
  readonly reference: string
  readonly fields: KeptRequestFields
}

/** A line between messages. `about`: who or which, where it is not its author. */
export interface NoticeEntry extends Base {
  readonly kind: 'notice'
  readonly notice: Notice
  readonly about: string | null
}

/** One thing that a transcript shows. */
export type Entry = TextEntry | RequestEntry | NoticeEntry

/** What a transcript is made of. */
export interface TranscriptParts {
  readonly messages: readonly Message[]
  readonly pending: readonly PendingMessage[]
  readonly operatorId: string
  /** How far the customer's device and eyes came. */
  readonly customer: { readonly delivered: number; readonly read: number }
}

const readText = object({ text })
const readRequest = object({ request: text, reference: text, fields: readRequestFields })
const readReference = object({ reference: text })
const readName = object({ operator: object({ name: text }) })

/** Turns a log and what is on its way into what is shown, in order. A kind of a newer server keeps its number and shows nothing. */
export function transcriptEntries({ messages, pending, operatorId, customer }: TranscriptParts): readonly Entry[] {
  const stored = messages.map((message) => entryOf(message, operatorId)).filter((entry) => entry !== null)
  const waiting = pending.map((item) => pendingEntry(item, operatorId)).filter((entry) => entry !== null)
  return [...withReceipts(stored, customer), ...waiting]
}

function entryOf(message: Message, operatorId: string): Entry | null {
  const { id, at, by, order, k, body } = message
  const base = { id, at, by, order }
  if (k === 'text') {
    const content = readAs(readText, body)
    return content && { ...base, kind: 'text', text: content.text, isOwn: isOwn(by, operatorId), showsState: false }
  }
  if (k === 'request') {
    const content = readAs(readRequest, body)
    return content && { ...base, kind: 'request', ...content }
  }
  const notice = noticeOf(k, body)
  return notice && { ...base, kind: 'notice', ...notice }
}

function noticeOf(k: string, body: unknown): Pick<NoticeEntry, 'notice' | 'about'> | null {
  if (k === 'status') {
    const status = (body as { readonly status?: unknown } | null)?.status
    return status === 'closed' ? { notice: 'closed', about: null } : status === 'open' ? { notice: 'reopened', about: null } : null
  }
  if (k === 'assigned') {
    const name = readAs(readName, body)?.operator.name
    return name === undefined ? { notice: 'unassigned', about: null } : { notice: 'assigned', about: name }
  }
  if (k === 'converted') return { notice: 'converted', about: readAs(readReference, body)?.reference ?? null }
  return k === 'joined' || k === 'left' ? { notice: k, about: null } : null
}

function pendingEntry({ id, at, k, body, state, failure }: PendingMessage, operatorId: string): TextEntry | null {
  const content = k === 'text' ? readAs(readText, body) : null
  const by: Participant = { role: 'agent', id: operatorId }
  return content && { id, at, by, order: null, kind: 'text', text: content.text, isOwn: true, state, showsState: true, failure }
}

/** Says of each own message how far it came, and marks the last one of each state: what is above it came at least as far. */
function withReceipts(entries: readonly Entry[], customer: TranscriptParts['customer']): readonly Entry[] {
  const marked = new Set<ReceiptState>()
  return entries
    .toReversed()
    .map((entry): Entry => {
      if (entry.kind !== 'text' || !entry.isOwn || entry.order === null) return entry
      const state = entry.order <= customer.read ? 'read' : entry.order <= customer.delivered ? 'delivered' : 'sent'
      const showsState = !marked.has(state)
      marked.add(state)
      return { ...entry, state, showsState }
    })
    .toReversed()
}

function isOwn(by: Participant, operatorId: string): boolean {
  return by.role === 'agent' && by.id === operatorId
}

/** The furthest that any device of the customer came. */
export function customerReceipt(
  receipts: Readonly<Record<string, { readonly by: Participant; readonly delivered: number; readonly read: number }>>
): TranscriptParts['customer'] {
  const own = Object.values(receipts).filter(({ by }) => by.role === 'visitor')
  return { delivered: Math.max(0, ...own.map(({ delivered }) => delivered)), read: Math.max(0, ...own.map(({ read }) => read)) }
}

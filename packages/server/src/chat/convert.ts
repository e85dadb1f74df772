import type { KeptRequestFields } from '@porchlight/protocol'
import type { Conversation } from '../store/conversation-store.js'
import { appendEvent } from '../store/event-store.js'
import { reportRequest, system } from '../store/inbox-store.js'
import { newEventId } from '../store/new-ids.js'
import { freeReference, hasWaitingRequest, insertRequest } from '../store/request-store.js'
import type { StoredEvent } from '../store/stored-event.js'
import type { WriteUnit } from '../writer/write-unit.js'
import { askForNotice } from './ask-for-mail.js'
import type { Mailing } from './chat-context.js'
import type { Scene } from './effects.js'
import { staffFor } from './site-staff.js'

/**
 * Whether a text of its customer is no chat: it is outside hours or nobody of its department wants chats, and no chat of his runs with somebody who is there and may go on.
 * It is what he is told, without the delay with which he is told it.
 */
export function isUnattended({ staff, conversation }: Scene): boolean {
  const { assignee, state, chat } = conversation
  const { operators, doors } = staffFor(staff, conversation)
  const isRunning = state === 'open' && chat === 1 && doors !== 'closed' && staff.operators.some(({ id }) => id === assignee)
  return !isRunning && !(doors === 'open' && operators.some(({ isAvailable }) => isAvailable))
}

/** A customer's text that found nobody, stored already. */
export interface LateText {
  readonly conversation: Conversation
  readonly event: StoredEvent
  /** Where it came from. */
  readonly address: string | null
  readonly mailing: Mailing
  /** The site means to answer within this. */
  readonly targetMs: number
}

/**
 * Makes a request of a text that was sent when nobody took chats any more, and says so in the log. A conversation that holds a request
 * nobody has answered yet gets no second one: what is written then belongs to the first.
 */
export async function convert(site: string, unit: WriteUnit, { conversation, event, address, mailing, targetMs }: LateText): Promise<void> {
  const { c, seq, by, data } = event
  if (await hasWaitingRequest(site, unit.tx, c)) return
  // Only what becomes a request counts as one.
  const isDoubtful = await unit.limits.isRequestDoubtful(site, address)
  const fields: KeptRequestFields = { ...(by.name === undefined ? {} : { name: by.name }), text: String(data?.['text']) }
  // An id of the server's own: the client's belongs to the text, and to its author's choice.
  const id = newEventId(unit.now)
  const reference = await freeReference(site, unit.tx)
  await appendEvent(site, unit, { c, by: system, k: 'converted', id: newEventId(unit.now), data: { request: id, reference } })
  const request = await insertRequest(site, unit, {
    id,
    reference,
    c,
    seq,
    visitor: by.id,
    department: conversation.department,
    state: 'new',
    fields: JSON.stringify(fields),
    due: unit.now + targetMs,
    spam: isDoubtful ? 1 : 0,
    page: conversation.page,
    locale: conversation.locale,
    body_hash: ''
  })
  await askForNotice(site, unit, { mailing, request })
  await reportRequest(site, unit, request)
}

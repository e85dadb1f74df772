import { ChatError, type Cursor } from '@porchlight/protocol'
import { findConversation, keepStaffRead } from '../store/conversation-store.js'
import { raiseCursor } from '../store/cursor-store.js'
import { inboxOf, reportConversation } from '../store/inbox-store.js'
import type { WriteUnit } from '../writer/write-unit.js'
import { type ChatContext, change } from './chat-context.js'
import { mayWrite, participantOf, type Subject } from './subject.js'

/** Where a subject says he is. */
export interface CursorMove {
  readonly subject: Subject
  readonly c: string
  readonly delivered: number
  readonly read: number
}

/**
 * Moves a subject's positions forward, within what the log holds. Nobody is told how far operators read the inbox, or what somebody
 * sees who only watches.
 *
 * @throws {ChatError} `conversation_gone`.
 */
export async function moveCursor(context: ChatContext, site: string, move: CursorMove): Promise<Cursor | null> {
  const { subject, c } = move
  if (!mayWrite(subject) || (subject.kind === 'operator' && c === inboxOf(site))) return null
  const cursor = await change(context, 'cursor.move', { site, ...move })
  if (cursor) context.onCursor(site, c, cursor)
  return cursor
}

/** What changes positions. */
export const cursorCommands = {
  'cursor.move': async (unit: WriteUnit, { site, subject, c, ...wanted }: CursorMove & { readonly site: string }): Promise<Cursor | null> => {
    const conversation = await findConversation(site, unit.tx, { subject, c })
    if (!conversation) throw new ChatError('conversation_gone', 'no such conversation for this caller')
    const delivered = Math.min(wanted.delivered, conversation.head)
    const moved = await raiseCursor(site, unit, { c, by: participantOf(subject), delivered, read: Math.min(wanted.read, delivered) })
    if (moved && subject.kind === 'operator' && moved.read > conversation.staff_read) {
      await keepStaffRead(site, unit, { c, read: moved.read })
      await reportConversation(site, unit, c)
    }
    return moved
  }
}

import type { Staff } from '../chat/chat-context.js'
import { isFree } from '../chat/choose-operator.js'
import { staffFor } from '../chat/site-staff.js'
import type { WaitingChat } from '../store/queue-store.js'

/** A customer's place in his line. */
export interface Place {
  readonly c: string
  readonly visitor: string
  readonly department: string | null
  /** From 1. */
  readonly position: number
  readonly waitingSince: number
  /** Chats that those who answer there can have at once. */
  readonly slots: number
}

/** Whether nobody who is there has the chat. */
export function isNobodys({ operators }: Staff, { assignee }: Pick<WaitingChat, 'assignee'>): boolean {
  return !operators.some(({ id }) => id === assignee)
}

/**
 * Who waits at which place, by chats in the order in which they came. Each department has its own line, and whoever asked the whole site stands in that of
 * the site. Outside hours nobody stands in line.
 */
export function placesOf(chats: readonly WaitingChat[], staff: Staff): readonly Place[] {
  const lengths = new Map<string | null, number>()
  return chats.flatMap((chat) => {
    const { operators, doors } = staffFor(staff, chat)
    if (!isNobodys(staff, chat) || doors !== 'open') return []
    const { c, visitor, waitingSince } = chat
    const department = chat.department !== null && Object.hasOwn(staff.departments, chat.department) ? chat.department : null
    const position = (lengths.get(department) ?? 0) + 1
    lengths.set(department, position)
    return [{ c, visitor, department, position, waitingSince, slots: operators.filter(isFree).length * staff.capacity }]
  })
}

import type { Staff } from '../chat/chat-context.js'
import { chooseOperator } from '../chat/choose-operator.js'
import { assignTo, keepConversation } from '../chat/effects.js'
import { staffFor } from '../chat/site-staff.js'
import { readLoads } from '../store/conversation-store.js'
import { type AssignedChat, readAssignedChats } from '../store/waiting-store.js'
import type { WriteUnit } from '../writer/write-unit.js'

/** Which chats are handed over, if they still are whose they were and as unanswered. */
export interface HandOver {
  readonly site: string
  readonly chats: readonly AssignedChat[]
  readonly staff: Staff
  /** What becomes of a chat that no colleague has room for. `stay`: it stays whose it was. `queue`: it is nobody's, and waits. */
  readonly otherwise: 'stay' | 'queue'
}

/** What hands chats over. */
export const handOverCommands = {
  /** Gives chats to colleagues of their departments who want chats, are surely there and have room; the log of each says so. Returns those that are not any more whose they were. */
  'chat.handOver': async (unit: WriteUnit, { site, chats, staff, otherwise }: HandOver): Promise<readonly string[]> => {
    const seenSinceMs = unit.now - staff.loadWindowMs
    const meant = new Set(chats.map(keyOf))
    const loads = new Map(await readLoads(site, unit.tx, seenSinceMs))
    const taken: string[] = []
    for (const chat of await readAssignedChats(site, unit.tx, seenSinceMs)) {
      if (!meant.has(keyOf(chat))) continue
      const { c, operator: from } = chat
      const colleagues = staffFor(staff, chat).operators.filter(({ id }) => id !== from)
      const to = chooseOperator({ operators: colleagues, loads, capacity: staff.capacity }, null)
      if (to) loads.set(to.id, (loads.get(to.id) ?? 0) + 1)
      else if (otherwise === 'stay') continue
      await keepConversation(site, unit, { c, ...(await assignTo(site, unit, { c, operator: to ?? null })) })
      taken.push(c)
    }
    return taken
  }
}

/** Everything that may change while a command waits for its turn. */
function keyOf({ c, operator, waitingSince, isAnswered }: AssignedChat): string {
  return JSON.stringify([c, operator, waitingSince, isAnswered])
}

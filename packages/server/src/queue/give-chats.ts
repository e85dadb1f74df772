import type { Staff } from '../chat/chat-context.js'
import { chooseOperator } from '../chat/choose-operator.js'
import { assignTo, keepConversation } from '../chat/effects.js'
import { staffFor } from '../chat/site-staff.js'
import { readLoads } from '../store/conversation-store.js'
import { readLastAssignee } from '../store/event-store.js'
import { readWaitingChats } from '../store/queue-store.js'
import type { WriteUnit } from '../writer/write-unit.js'
import { isNobodys } from './lines.js'

/** What gives chats to those who have room. */
export const queueCommands = {
  /** Gives what nobody has who is there, who waits longest first, as far as there is room. Returns the conversations that were given. */
  'queue.give': async (unit: WriteUnit, { site, staff }: { readonly site: string; readonly staff: Staff }): Promise<readonly string[]> => {
    const seenSinceMs = unit.now - staff.loadWindowMs
    const loads = new Map(await readLoads(site, unit.tx, seenSinceMs))
    const given: string[] = []
    for (const chat of await readWaitingChats(site, unit.tx, seenSinceMs)) {
      const { operators, doors } = staffFor(staff, chat)
      if (!isNobodys(staff, chat) || doors !== 'open') continue
      const room = { operators, loads, capacity: staff.capacity }
      // Mostly nobody has room, and the line may be long.
      if (!chooseOperator(room, null)) continue
      const preferred = await readLastAssignee(site, unit.tx, chat.c)
      const operator = chooseOperator(room, preferred)
      if (!operator) continue
      loads.set(operator.id, (loads.get(operator.id) ?? 0) + 1)
      await keepConversation(site, unit, { c: chat.c, ...(await assignTo(site, unit, { c: chat.c, operator })) })
      given.push(chat.c)
    }
    return given
  }
}

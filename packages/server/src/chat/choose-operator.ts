import type { LeasedOperator } from '../presence/presence.types.js'

/** What a choice depends on. */
export interface LoadView {
  readonly operators: readonly LeasedOperator[]
  /** Open chats by operator. */
  readonly loads: ReadonlyMap<string, number>
  /** Chats that one operator takes at once. */
  readonly capacity: number
}

/** Whether an operator may be given a chat at all: he wants chats and is surely there. */
export function isFree({ isAvailable, isSuspect }: LeasedOperator): boolean {
  return isAvailable && !isSuspect
}

/**
 * Whom a new chat goes to: who wants chats, is surely there, has room, and has the fewest. Of equal ones, who was given one longest ago; then by id.
 *
 * @param preferred Who gets it however many others have, as long as he wants chats, is there and has room.
 */
export function chooseOperator({ operators, loads, capacity }: LoadView, preferred: string | null): LeasedOperator | undefined {
  const load = ({ id }: LeasedOperator): number => loads.get(id) ?? 0
  const free = operators.filter((operator) => isFree(operator) && load(operator) < capacity)
  return (
    free.find(({ id }) => id === preferred) ??
    free.sort((a, b) => load(a) - load(b) || (a.givenAt ?? 0) - (b.givenAt ?? 0) || (a.id < b.id ? -1 : 1))[0]
  )
}

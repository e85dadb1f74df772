import type { EventData } from '@porchlight/protocol'
import type { Db } from '../store/database.js'

/** When each operator was given a chat last. */
export interface GivenTimes {
  readonly of: (operatorId: string) => number | undefined
  readonly stop: () => void
}

/** Notes from now on whom chats are given to, so that they go round. */
export function createGivenTimes(db: Pick<Db, 'onCommit'>): GivenTimes {
  const times = new Map<string, number>()
  const stop = db.onCommit((events) => {
    for (const { k, ts, data } of events) {
      const operator = k === 'assigned' ? (data as EventData['assigned'] | undefined)?.operator : null
      if (operator) times.set(operator.id, ts)
    }
  })
  return { of: (operatorId) => times.get(operatorId), stop }
}

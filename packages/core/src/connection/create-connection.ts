import type { Connection, ConnectionOptions } from '../connection.types.js'
import { createHub } from './hub.js'

/**
 * Keeps one session with a backend alive, and carries any number of logs on it: what was published is sent in its author's
 * order and stored once, what was missed is fetched, and a lost connection mends itself. The operator console uses it as it is;
 * a customer's page uses `createChat`.
 *
 * Nothing happens before `connect()`. Logs may be named before; they are read when the connection stands. A log that an earlier
 * page, or another one of this browser, left unsent texts in is taken up without being named.
 *
 * @returns A connection whose `destroy()` releases timers, listeners and the session.
 *
 * @example
 * ```ts
 * import { createConnection } from '@porchlight/core'
 * import { createMemoryBackend, memoryAdapter } from '@porchlight/adapters/memory'
 *
 * const connection = createConnection({ adapter: memoryAdapter({ backend: createMemoryBackend() }) })
 * connection.connect()
 * const { c } = await connection.withSession(async (session) => session.conversations[0] ?? session.open!({ id: '01900000-0000-7000-8000-000000000000' }))
 * const log = connection.log(c)
 * await log.publish('text', { text: 'Hello' })
 * ```
 */
export function createConnection(options: ConnectionOptions): Connection {
  const hub = createHub({ ...options, keepsLogs: false })
  // What was read of the outbox may have been left by an earlier page, or by another one that is gone since.
  hub.outbox.onChange(() => {
    if (hub.session()) for (const { c } of hub.outbox.all()) hub.log(c)
  })
  return {
    ...hub,
    connect: () => void hub.load().then(hub.connect)
  }
}

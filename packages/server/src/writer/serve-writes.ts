import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { Kysely, SqliteDialect } from 'kysely'
import { createRateLimits } from '../limits/rate-limits.js'
import { openSqlite } from '../store/sqlite.js'
import type { Tables } from '../store/tables.js'
import type { Job, Order, WritesOptions } from './messages.js'
import { runBatch, type WriterWorld } from './run-batch.js'

/** Jobs in one commit. More would make the first of them wait without sparing the disk much more. */
const maxBatch = 64

/**
 * Takes jobs from a port, commits them, and answers each commit with one message. The group adapts to the disk: what arrives while one
 * commit runs shares the next.
 *
 * @throws {ChatError} `store_unavailable` when the database cannot be opened for writing.
 */
export function serveWrites(port: MessagePort, { path, epoch, rates }: WritesOptions): void {
  const file = openSqlite(path)
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: file }) })
  const world: WriterWorld = { epoch, file, limits: createRateLimits(rates) }
  const waiting: Job[] = []
  let isWorking = false
  let isEnding = false

  function take(order: Order): void {
    if (order === 'close') isEnding = true
    else waiting.push(...order)
  }

  /** What has come during a commit is looked for at once: a turn of the event loop later, others would have gone into a commit without it. */
  function takeArrived(): void {
    for (let arrived = receiveMessageOnPort(port); arrived; arrived = receiveMessageOnPort(port)) take(arrived.message as Order)
  }

  async function work(): Promise<void> {
    isWorking = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, maxBatch)
      port.postMessage(await db.connection().execute((connection) => runBatch(connection, world, batch)))
      takeArrived()
    }
    isWorking = false
    if (!isEnding) return
    await db.destroy()
    port.close()
  }

  port.on('message', (order: Order) => {
    take(order)
    if (!isWorking) void work()
  })
}

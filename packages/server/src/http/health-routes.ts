import { ChatError } from '@porchlight/protocol'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../clock.js'
import type { Db } from '../store/database.js'

/** What readiness depends on. */
export interface HealthOptions {
  readonly db: Db
  readonly clock: Clock
  /** The server takes no new work any more. */
  readonly isClosing: () => boolean
}

/** A commit for every question would let strangers wear the disk out. */
const trustedForMs = 1_000

/** `/healthz`: the process answers. `/readyz`: it can commit and takes work. Neither says more. */
export function addHealthRoutes(app: FastifyInstance, { db, clock, isClosing }: HealthOptions): void {
  let lastCommit: { readonly at: number; readonly done: Promise<void> } | undefined

  function commit(): Promise<void> {
    const now = clock.now()
    if (!lastCommit || now - lastCommit.at >= trustedForMs) lastCommit = { at: now, done: writeProbe(db, now) }
    return lastCommit.done
  }

  app.get('/healthz', async (_, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }))
  app.get('/readyz', async (_, reply) => {
    if (isClosing()) throw new ChatError('busy', 'the server is shutting down', { afterMs: 5_000 })
    await commit()
    return reply.header('cache-control', 'no-store').send({ status: 'ready' })
  })
}

async function writeProbe(db: Db, now: number): Promise<void> {
  await db.write('meta.noteReady', null, now).catch((cause) => {
    throw new ChatError('store_unavailable', 'the database cannot commit now', { cause })
  })
}

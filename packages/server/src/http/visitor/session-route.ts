import { ChatError } from '@porchlight/protocol'
import type { FastifyInstance } from 'fastify'
import type { Clock } from '../../clock.js'
import type { Db } from '../../store/database.js'
import type { Hub } from '../../wire/hub.types.js'
import { addPreflight, bearerOf, type Door } from './door.js'

/** What ending a visitor's credentials works with. */
export interface SessionRouteOptions {
  readonly door: Door
  readonly db: Db
  readonly clock: Clock
  readonly hub: Pick<Hub, 'dropVisitor'>
}

/**
 * Ends every credential of the visitor whose credential comes with the call, and his connections. 204 also where there was nothing to end:
 * whoever lost the first answer asks again.
 */
export function addSessionRoute(scope: FastifyInstance, { door, db, clock, hub }: SessionRouteOptions): void {
  addPreflight(scope, '/v1/session', 'DELETE')
  scope.delete('/v1/session', async (request, reply) => {
    const site = door(request).site.id
    const token = bearerOf(request)
    if (token === undefined) throw new ChatError('unauthorized', 'no credential came with this')
    const visitor = await db.write('visitor.forget', { site, token }, clock.now())
    if (visitor !== undefined) hub.dropVisitor(site, visitor)
    return reply.code(204).send()
  })
}

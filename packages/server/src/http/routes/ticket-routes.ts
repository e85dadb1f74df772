import { TicketBodySchema, TicketGrantSchema } from '@porchlight/protocol'
import { mayOnSite } from '../../auth/policy.js'
import type { ApiContext } from '../api-context.js'
import { type ApiRoute, apiRoute } from '../api-route.js'
import { subjectOn } from '../caller.js'
import { refuseUnless } from '../refuse-unless.js'

/** Tickets for operator sockets. */
export function ticketRoutes({ clock, tickets }: ApiContext): readonly ApiRoute[] {
  return [
    apiRoute({
      method: 'POST',
      path: '/api/tickets',
      action: 'ticket.create',
      summary: 'Gives a ticket that opens one operator socket on a site, once, within 30 seconds. It goes into `hello`.',
      body: TicketBodySchema,
      answers: { 201: TicketGrantSchema },
      async run({ body, caller }) {
        const { site, id, role } = subjectOn(caller(), body.site)
        refuseUnless(mayOnSite(role, 'socket.open'))
        return tickets.issue(site, { operatorId: id, session: caller().hash }, clock.now())
      }
    })
  ]
}

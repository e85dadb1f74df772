import { ChatError, MeSchema, SetupBodySchema, SetupStateSchema } from '@porchlight/protocol'
import type { ApiContext } from '../api-context.js'
import { type ApiRoute, apiRoute } from '../api-route.js'
import { startSession } from './session-routes.js'

/** The first owner, once, with the token that the server printed when it started. */
export function setupRoutes(context: ApiContext): readonly ApiRoute[] {
  const { accounts, clock, log, operators, setup } = context

  return [
    apiRoute({
      method: 'GET',
      path: '/api/setup',
      action: 'setup.read',
      summary: 'Tells whether the first owner is still to be made.',
      answers: { 200: SetupStateSchema },
      run: async () => ({ needed: await operators.isEmpty() })
    }),
    apiRoute({
      method: 'POST',
      path: '/api/setup',
      action: 'setup.complete',
      summary: 'Makes the first owner with the one-time token and signs him in.',
      body: SetupBodySchema,
      answers: { 201: MeSchema },
      async run({ body, request, reply }) {
        // Asked before the hash is made: a hash costs a third of a second, and anybody may come here.
        if (!(await setup.isGood(body.token, clock.now()))) throw new ChatError('unauthorized', 'this set-up link is not good any more')
        const passwordHash = await accounts.hashNew({ password: body.password, email: body.email, field: 'password' })
        const operatorId = await setup.complete(body.token, { email: body.email, name: body.name, passwordHash }, clock.now())
        const me = await startSession(context, operatorId, reply)
        log.info({ requestId: request.id, operator: operatorId }, 'first owner made')
        return me
      }
    })
  ]
}

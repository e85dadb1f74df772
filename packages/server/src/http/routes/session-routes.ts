import { type Me, MeSchema, PasswordBodySchema, PresenceBodySchema, SignInBodySchema } from '@porchlight/protocol'
import type { FastifyReply } from 'fastify'
import type { ApiContext } from '../api-context.js'
import { type ApiRoute, apiRoute } from '../api-route.js'
import type { Caller } from '../caller.js'

/** Signing in and out, and what an operator sets about himself. */
export function sessionRoutes(context: ApiContext): readonly ApiRoute[] {
  return [signIn(context), readSession(context), signOut(context), setPresence(context), setPassword(context)]
}

function signIn(context: ApiContext): ApiRoute {
  const { accounts, clientAddress, log } = context
  return apiRoute({
    method: 'POST',
    path: '/api/session',
    action: 'session.start',
    summary: 'Signs in with email and password and sets the session cookie. The session the cookie held before ends.',
    body: SignInBodySchema,
    answers: { 201: MeSchema },
    async run({ body, request, reply }) {
      const operatorId = await accounts.check({ ...body, address: clientAddress(request.raw) }).catch((error) => {
        log.info({ requestId: request.id }, 'sign-in refused')
        throw error
      })
      if (request.caller) await endSession(context, request.caller)
      const me = await startSession(context, operatorId, reply)
      log.info({ requestId: request.id, operator: operatorId }, 'signed in')
      return me
    }
  })
}

function readSession({ domain }: ApiContext): ApiRoute {
  return apiRoute({
    method: 'GET',
    path: '/api/session',
    action: 'session.read',
    summary: 'Tells who is signed in: 204 when nobody is. A page that only asks has no failed call to report.',
    answers: { 200: MeSchema, 204: null },
    async run({ request, reply }) {
      if (request.caller) return meOf(request.caller, domain.sites)
      reply.code(204)
      return undefined
    }
  })
}

function signOut(context: ApiContext): ApiRoute {
  return apiRoute({
    method: 'DELETE',
    path: '/api/session',
    action: 'session.end',
    summary: 'Signs out. Sockets that this sign-in opened are closed.',
    answers: { 204: null },
    async run({ caller, reply }) {
      await endSession(context, caller())
      context.cookie.clear(reply)
    }
  })
}

function setPresence({ domain }: ApiContext): ApiRoute {
  return apiRoute({
    method: 'PUT',
    path: '/api/me/presence',
    action: 'me.presence',
    summary: 'Says whether the operator wants chats. Remembered until he says otherwise.',
    body: PresenceBodySchema,
    answers: { 200: PresenceBodySchema },
    async run({ body, caller }) {
      await domain.presence.setAvailable(caller().operatorId, body.available)
      return body
    }
  })
}

function setPassword({ accounts, clientAddress, clock, cookie, domain, log, operators, sessions }: ApiContext): ApiRoute {
  return apiRoute({
    method: 'PUT',
    path: '/api/me/password',
    action: 'me.password',
    summary: 'Changes the password. Every other sign-in of the account ends, and all its sockets close.',
    body: PasswordBodySchema,
    answers: { 204: null },
    async run({ body, caller, request, reply }) {
      const { email, operatorId } = caller()
      await accounts.check({ email, password: body.current, address: clientAddress(request.raw) })
      const hash = await accounts.hashNew({ password: body.next, email, field: 'next' })
      await operators.setPassword(operatorId, hash, clock.now())
      await sessions.endOthers(operatorId, null)
      domain.hub.dropOperator(operatorId)
      cookie.set(reply, await accounts.startSession(operatorId))
      log.info({ requestId: request.id, operator: operatorId }, 'password changed')
    }
  })
}

/** Signs an operator in, and tells who he is. */
export async function startSession(
  { accounts, clock, cookie, domain, operators, sessions }: ApiContext,
  operatorId: string,
  reply: FastifyReply
): Promise<Me> {
  const value = await accounts.startSession(operatorId)
  cookie.set(reply, value)
  const session = await sessions.find(value, clock.now())
  if (!session) throw new Error('a session that was just made is gone')
  return meOf({ ...session, roles: await operators.roles(session.operatorId) }, domain.sites)
}

function meOf(caller: Caller, sites: ApiContext['domain']['sites']): Me {
  return {
    id: caller.operatorId,
    name: caller.name,
    email: caller.email,
    available: caller.isAvailable,
    sites: [...caller.roles].map(([site, role]) => ({ site, name: sites.get(site)?.name ?? site, role }))
  }
}

async function endSession({ sessions, domain }: ApiContext, { hash }: Caller): Promise<void> {
  await sessions.end(hash)
  domain.hub.dropSession(hash)
}

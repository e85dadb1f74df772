import { ChatError } from '@porchlight/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { OwnOrigin } from '../auth/own-origin.js'
import { type Action, mayAnywhere, mayOnSite, ruleOf } from '../auth/policy.js'
import { type Caller, callerOf, subjectOn } from './caller.js'
import { refuseUnless } from './refuse-unless.js'

/** What the guard asks others. */
export interface GuardOptions {
  readonly ownOrigin: OwnOrigin
  /** The signed-in operator of a request, by its cookie. */
  readonly findCaller: (request: FastifyRequest) => Promise<Caller | null>
  readonly hasSites: () => boolean
}

const safeMethods: readonly string[] = ['GET', 'HEAD']

/** Stands before every route of the API: where the request comes from, who makes it, whether the policy lets him. */
export function useGuard(app: FastifyInstance, { ownOrigin, findCaller, hasSites }: GuardOptions): void {
  app.decorateRequest('caller', null)
  app.addHook('onRequest', async (request) => {
    if (!safeMethods.includes(request.method)) refuseForeign(request, ownOrigin)
    request.caller = await findCaller(request)
    decide(request, hasSites)
  })
}

/**
 * A form on another site can send neither the header nor JSON without a preflight, which is never granted, and browsers say where a
 * request comes from; all three are asked for (OWASP ASVS 5.0, 3.5).
 */
function refuseForeign({ headers }: FastifyRequest, ownOrigin: OwnOrigin): void {
  const hasBody = (headers['content-length'] ?? '0') !== '0' || headers['transfer-encoding'] !== undefined
  const type = headers['content-type']
  if (type === undefined ? hasBody : !/^application\/json(?:\s*;\s*charset=utf-8)?$/i.test(type)) {
    throw new ChatError('forbidden', 'a change must be sent as application/json')
  }
  if (headers['x-porchlight'] !== '1') throw new ChatError('forbidden', 'a change must carry the header x-porchlight: 1')
  if (!ownOrigin.isFromOwnPage(headers)) throw new ChatError('forbidden', 'a change must come from the console itself')
}

function decide(request: FastifyRequest, hasSites: () => boolean): void {
  const action = request.routeOptions.config.action as Action
  const rule = ruleOf(action)
  if (!rule) throw new ChatError('forbidden', 'this action is not allowed to anybody')
  if (rule.scope === 'anyone') return
  const caller = callerOf(request)
  if (rule.scope === 'signed-in') return
  refuseUnless(
    rule.scope === 'anywhere'
      ? mayAnywhere([...caller.roles.values()], action, hasSites())
      : mayOnSite(subjectOn(caller, siteOf(request)).role, action)
  )
}

function siteOf(request: FastifyRequest): string {
  const { params } = request
  return typeof params === 'object' && params !== null && 'site' in params ? String(params.site) : ''
}

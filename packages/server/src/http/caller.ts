import { ChatError, type Role } from '@porchlight/protocol'
import type { FastifyRequest } from 'fastify'
import type { OperatorSubject } from '../chat/subject.js'
import type { Session } from '../store/session-store.js'

/** The operator behind a request, with what he may do on each of his sites. */
export interface Caller extends Session {
  readonly roles: ReadonlyMap<string, Role>
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; null when nobody is. Read it with `callerOf`. */
    caller: Caller | null
  }
}

/** Who is signed in. @throws {ChatError} `unauthorized` when nobody is. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new ChatError('unauthorized', 'sign in first')
  return request.caller
}

/** The caller on one site. @throws {ChatError} `not_found` when he does not work there, whether or not the site exists. */
export function subjectOn(caller: Caller, site: string): OperatorSubject {
  const role = caller.roles.get(site)
  if (role === undefined) throw new ChatError('not_found', 'no such site')
  return { kind: 'operator', site, id: caller.operatorId, name: caller.name, role }
}

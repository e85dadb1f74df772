import { ChatError, type FieldProblem, idPatterns, type LeaveRequestBody, LeaveRequestBodySchema, parseJson, problems } from '@porchlight/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { safeParse } from 'valibot'
import { visitorWith } from '../../auth/visitor-credential.js'
import type { ChatService } from '../../chat/chat-service.types.js'
import type { VisitorSubject } from '../../chat/subject.js'
import type { Clock } from '../../clock.js'
import type { ClientAddress } from '../../limits/client-address.js'
import type { RateLimits } from '../../limits/rate-limits.js'
import { refuseUntil } from '../../limits/refuse-until.js'
import type { Db } from '../../store/database.js'
import { InvalidRequest } from '../validation.js'
import { addPreflight, bearerOf, type Door } from './door.js'

/** What leaving a request works with. */
export interface RequestRouteOptions {
  readonly door: Door
  readonly chat: ChatService
  readonly db: Db
  readonly clock: Clock
  readonly limits: RateLimits
  readonly clientAddress: ClientAddress
}

/** Leaves a request: 201 the first time, 200 with the same reference at each repeat. */
export function addRequestRoute(scope: FastifyInstance, options: RequestRouteOptions): void {
  addPreflight(scope, '/v1/requests', 'POST')
  scope.post('/v1/requests', async (request, reply) => {
    const { site } = options.door(request)
    const key = keyOf(request)
    const body = readBody(request.body)
    const visitor = await visitorOf(options, site.id, request)
    const address = options.clientAddress(request.raw)
    // Too many only lower trust in a request. Far too many are refused.
    refuseUntil(await options.limits.takeAddress('requestsRefusedPerAddress', address), 'too many requests')
    const result = await options.chat.leaveRequest(site.id, visitor, { key, body, address })
    if ('problems' in result) throw new InvalidRequest('body', fieldsOf(result.problems))
    return reply.code(result.isNew ? 201 : 200).send(result.receipt)
  })
}

function fieldsOf(problems: Readonly<Record<string, string>>): readonly FieldProblem[] {
  return Object.entries(problems).map(([field, problem]) => ({ field: `fields.${field}`, problem }))
}

function keyOf({ headers }: FastifyRequest): string {
  const key = headers['idempotency-key']
  if (typeof key !== 'string' || !idPatterns.message.test(key))
    throw new ChatError('invalid', 'the header idempotency-key is not a UUID of version 7')
  return key
}

function readBody(body: unknown): LeaveRequestBody {
  const result = safeParse(LeaveRequestBodySchema, parseJson(String(body)))
  if (result.success) return result.output
  throw new InvalidRequest(
    'body',
    problems(result.issues).map(({ path, problem }) => ({ field: path, problem }))
  )
}

async function visitorOf({ db, clock }: RequestRouteOptions, site: string, request: FastifyRequest): Promise<VisitorSubject | null> {
  const known = await visitorWith(site, db.query, { token: bearerOf(request), nowMs: clock.now() })
  return known ? { kind: 'visitor', site, id: known.id, name: known.name ?? undefined } : null
}

import type { Socket } from 'node:net'
import { ChatError, type ErrorBody, type ErrorCode, errorTraits, isChatError } from '@porchlight/protocol'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { errorFacts } from '../log.js'
import type { RouteTable } from './route-table.js'
import { InvalidRequest } from './validation.js'

/** Answers every failure with an {@link ErrorBody}: no stack, no echo of the input, no name of a library. */
export function useErrorAnswers(app: FastifyInstance, { log, routes }: { readonly log: Logger; readonly routes: RouteTable }): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = ofFramework(error)
    if (known.code === 'internal') log.error({ requestId: request.id, ...errorFacts(error) }, 'request failed')
    return answer(reply, known, error.statusCode === 415 ? 415 : errorTraits[known.code].httpStatus)
  })
  app.setNotFoundHandler((request, reply) => {
    const methods = routes.methodsAt(pathOf(request))
    if (methods.length === 0 || methods.includes(request.method))
      return answer(reply, new ChatError('not_found', 'there is nothing at this address'), 404)
    reply.header('allow', methods.join(', '))
    return answer(reply, new ChatError('unsupported', 'this address does not take this method'), 405)
  })
}

function answer(reply: FastifyReply, error: ChatError, status: number): FastifyReply {
  if (error.afterMs !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(error.afterMs / 1000)))
  // Sent as text: the body's shape does not depend on which route failed.
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(errorBody(error)))
}

/** An error as the wire tells it. */
function errorBody(error: ChatError): ErrorBody {
  const after = error.afterMs === undefined ? {} : { after: Math.ceil(error.afterMs) }
  const fields = error instanceof InvalidRequest ? { fields: error.fields } : {}
  const message = error.code === 'internal' ? 'a fault of the server' : error.message
  return { error: { code: error.code, message, ...after, ...fields } }
}

/** Fastify's own refusals by their codes; whatever is unknown is a fault of ours. */
function ofFramework(error: FastifyError): ChatError {
  if (isChatError(error)) return error
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ChatError('too_large', 'the body is larger than this address takes')
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new ChatError('invalid', 'the body must be application/json')
  const status = error.statusCode ?? 500
  const code: ErrorCode = status === 404 ? 'not_found' : status >= 400 && status < 500 ? 'invalid' : 'internal'
  return new ChatError(code, code === 'internal' ? 'a fault of the server' : 'the request cannot be read', { cause: error })
}

/** Options of the framework for what fails before any route is known. */
export const earlyErrors: {
  readonly frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void
  readonly clientErrorHandler: (error: Error, socket: Socket) => void
} = {
  // No hook has run by then, so the headers of other answers are missing here.
  frameworkErrors: (error, _, reply) => void answer(reply.header('x-content-type-options', 'nosniff'), ofFramework(error), error.statusCode ?? 400),
  clientErrorHandler(_, socket) {
    const body = JSON.stringify(errorBody(new ChatError('invalid', 'the request cannot be read')))
    const head = `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n`
    if (socket.writable) socket.end(head + body)
    else socket.destroy()
  }
}

/** Answers a header `Expect` that asks for something we do not know; without an ear, Node answers it without a body. */
export function answerExpectations({ server }: FastifyInstance): void {
  server.on('checkExpectation', (_, response) => {
    const body = JSON.stringify(errorBody(new ChatError('invalid', 'the request expects what this server does not do')))
    response.writeHead(417, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(body)
  })
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/'
}

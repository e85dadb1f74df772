import { ChatError, type FieldProblem, problems, type Schema } from '@porchlight/protocol'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { safeParse } from 'valibot'

/** A part of a request that is not of the documented shape, field by field. */
export class InvalidRequest extends ChatError {
  readonly fields: readonly FieldProblem[]

  constructor(part: string, fields: readonly FieldProblem[]) {
    super('invalid', `${part} is not of the documented shape`)
    this.fields = fields
  }
}

/** Routes are checked with valibot schemas, on the way in and on the way out. */
export function useValibot(app: FastifyInstance, log: Logger): void {
  app.setValidatorCompiler<Schema<unknown>>(({ schema, httpPart }) => (value: unknown) => {
    // An array passes for an object whose entries are all optional.
    const result = safeParse(schema, httpPart === 'body' && Array.isArray(value) ? null : value)
    if (result.success) return { value: result.output }
    const fields = problems(result.issues).map(({ path, problem }) => ({ field: path, problem }))
    return { error: new InvalidRequest(httpPart ?? 'request', fields) }
  })
  // What leaves is copied by its schema too, so that a column added to a row cannot leak by accident.
  app.setSerializerCompiler<Schema<unknown>>(({ schema, method, url }) => (value: unknown) => {
    const result = safeParse(schema, value)
    if (result.success) return JSON.stringify(result.output)
    const fields = problems(result.issues).map(({ path }) => path)
    log.error({ method, route: url, fields: fields.join(' ') }, 'an answer is not of its documented shape')
    throw new ChatError('internal', 'an answer is not of its documented shape')
  })
}

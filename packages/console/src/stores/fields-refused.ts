import { ChatError, type ErrorCode, type FieldProblem } from '@porchlight/protocol'

/** A refusal that says which fields of what was sent are wrong. */
export class FieldsRefused extends ChatError {
  readonly fields: readonly FieldProblem[]

  constructor(code: ErrorCode, message: string, fields: readonly FieldProblem[]) {
    super(code, message)
    this.fields = fields
  }
}

/** The fields that a refusal names; none for any other failure. */
export function refusedFields(error: unknown): readonly FieldProblem[] {
  return error instanceof FieldsRefused ? error.fields : []
}

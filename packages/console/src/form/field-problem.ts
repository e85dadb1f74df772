import type { MessageKey } from '../stores/language.js'

/** What is wrong with a field: a text of the catalogue, and what it names. */
export interface FieldProblem {
  readonly key: MessageKey
  readonly values?: Readonly<Record<string, string>>
}

/** What is wrong with the fields of a form, by field. */
export type FieldProblems<Field extends string> = Readonly<Partial<Record<Field, FieldProblem>>>

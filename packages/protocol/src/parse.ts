import * as v from 'valibot'
import { type ClientFrame, clientFrameSchemas } from './client-frames.js'
import { ChatError } from './errors.js'
import { limits } from './limits.js'
import type { Schema } from './schema.js'

/** Where a value departs from its schema, as `path: problem`, without the value itself. */
export interface Problem {
  readonly path: string
  readonly problem: string
}

/**
 * Reads unknown data as `T`: a fresh copy with the known keys only.
 *
 * @throws {ChatError} `invalid`, with the paths that are wrong. The values themselves are not in the message.
 *
 * @example
 * ```ts
 * import { parse, SignInBodySchema } from '@porchlight/protocol'
 *
 * const body = parse(SignInBodySchema, JSON.parse('{"email":"ann@example.com","password":"correct horse battery"}'))
 * console.log(body.email)
 * ```
 */
export function parse<T>(schema: Schema<T>, value: unknown): T {
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const text = problems(result.issues).map(({ path, problem }) => `${path}: ${problem}`)
  throw new ChatError('invalid', text.join('; '))
}

/** The problems of a failed valibot parse, without the offending values, so that they can be logged and shown. */
export function problems(issues: readonly v.BaseIssue<unknown>[]): Problem[] {
  return issues.slice(0, 16).map((issue) => ({
    path: v.getDotPath(issue) ?? 'body',
    problem:
      issue.kind === 'schema'
        ? `is not ${issue.expected ?? 'of this shape'}`
        : issue.message.startsWith('Invalid')
          ? `does not fit ${issue.type}`
          : issue.message
  }))
}

/**
 * Reads JSON text whose nesting is at most {@link limits.jsonMaxDepth}. Keys that could reach a prototype are refused.
 *
 * @throws {ChatError} `invalid`.
 */
export function parseJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ChatError('invalid', 'is not JSON')
  }
  checkPlain(value, limits.jsonMaxDepth)
  return value
}

function checkPlain(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  if (depth === 0) throw new ChatError('invalid', `is nested deeper than ${limits.jsonMaxDepth}`)
  for (const [key, child] of Object.entries(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') throw new ChatError('invalid', 'holds a key that is not allowed')
    checkPlain(child, depth - 1)
  }
}

/**
 * Reads one client frame.
 *
 * @throws {ChatError} `invalid` when it is not a frame; `unsupported` when its `t` is unknown, which a server answers without closing.
 */
export function parseClientFrame(value: unknown): ClientFrame {
  if (typeof value !== 'object' || value === null || !('t' in value) || typeof value.t !== 'string') throw new ChatError('invalid', 'is not a frame')
  if (!Object.hasOwn(clientFrameSchemas, value.t)) throw new ChatError('unsupported', 'is a frame of an unknown type')
  return parse(clientFrameSchemas[value.t as ClientFrame['t']] as Schema<ClientFrame>, value)
}

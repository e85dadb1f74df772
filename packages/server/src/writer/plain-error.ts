import { ChatError, isChatError } from '@porchlight/protocol'

/** An error as it crosses between threads: copying an error by itself would lose its code. */
export interface PlainError {
  readonly isChatError: boolean
  readonly message: string
  readonly name: string
  readonly code?: string | undefined
  readonly afterMs?: number | undefined
  readonly stack?: string | undefined
  readonly cause?: PlainError | undefined
}

/** Takes an error apart. */
export function toPlainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { isChatError: false, name: 'Error', message: String(error) }
  const { message, name, stack, cause } = error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const afterMs = isChatError(error) ? error.afterMs : undefined
  return { isChatError: isChatError(error), message, name, code, afterMs, stack, cause: cause === undefined ? undefined : toPlainError(cause) }
}

/** Puts it together again, with the stack of where it was thrown. */
export function fromPlainError({ isChatError, message, name, code, afterMs, stack, cause }: PlainError): Error {
  const because = cause && fromPlainError(cause)
  const error = isChatError
    ? new ChatError(code as ChatError['code'], message, { afterMs, cause: because })
    : Object.assign(new Error(message, { cause: because }), { name }, code === undefined ? {} : { code })
  if (stack !== undefined) error.stack = stack
  return error
}

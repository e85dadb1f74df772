import { type ErrorCode, isChatError } from '@porchlight/protocol'

/** Throws unless the claim holds. Small and without dependencies, so that the cases run under any runner and in a browser. */
export function ok(claim: unknown, message: string): asserts claim {
  if (!claim) throw new Error(message)
}

/** Throws unless both have the same JSON. */
export function equal(actual: unknown, expected: unknown, message: string): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (found !== wanted) throw new Error(`${message}: expected ${wanted}, got ${found}`)
}

/** Throws unless the promise rejects with a ChatError, of one of the codes if any are named. */
export async function refuses(promise: Promise<unknown>, codes: readonly ErrorCode[], message: string): Promise<void> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason ?? new Error('rejected with nothing')
  )
  ok(error !== undefined, `${message}: it was not refused`)
  ok(isChatError(error), `${message}: it was refused with something that is no ChatError`)
  ok(codes.length === 0 || codes.includes(error.code), `${message}: expected ${codes.join(' or ')}, got ${error.code}`)
}

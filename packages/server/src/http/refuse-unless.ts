import { ChatError } from '@porchlight/protocol'

/** Goes on where the policy says yes. @throws {ChatError} `forbidden`. */
export function refuseUnless(isAllowed: boolean): asserts isAllowed {
  if (!isAllowed) throw new ChatError('forbidden', 'your role does not allow this')
}

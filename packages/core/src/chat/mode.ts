import type { AvailabilityState } from '@porchlight/protocol'
import type { Capabilities } from '../adapter.js'
import type { Mode } from '../chat.types.js'

/** What the mode depends on. */
export interface ModeInputs {
  /** The mode until now; null before the first. */
  readonly previous: Mode | null
  /** Who is home for this visitor: an operator who stands in his conversation is home for him. */
  readonly availability: AvailabilityState
  /** A field of the form was touched, or the form is on its way or done: it does not go away by itself. */
  readonly isFormInUse: boolean
  /** What the user chose where both were offered. */
  readonly chosen: Mode | null
  readonly requests: Capabilities['requests'] | undefined
}

/**
 * Chat or form. A lost connection never opens the form: while nobody knows who is home, the mode stays. The form gives way by
 * itself only while nothing was entered.
 */
export function nextMode({ previous, availability, isFormInUse, chosen, requests }: ModeInputs): Mode {
  if (requests === 'none') return 'chat'
  if (chosen === 'request') return 'request'
  if (availability === 'unknown') return previous ?? 'chat'
  if (availability !== 'online' && availability !== 'busy') return 'request'
  return previous === 'request' && isFormInUse && chosen !== 'chat' ? 'request' : 'chat'
}

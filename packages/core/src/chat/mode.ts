import type { Availability } from '@porchlight/protocol'
import type { Capabilities } from '../adapter.js'
import type { Mode } from '../chat.types.js'

/** What the mode depends on. */
export interface ModeInputs {
  /** The mode until now; null before the first. */
  readonly previous: Mode | null
  readonly availability: Pick<Availability, 'state' | 'reason'>
  /** An operator stands in the open conversation and has not left it. */
  readonly isRunning: boolean
  /** A field of the form was touched, or the form is on its way or done: it does not go away by itself. */
  readonly isFormInUse: boolean
  /** What the user chose where both were offered. */
  readonly chosen: Mode | null
  readonly requests: Capabilities['requests'] | undefined
}

/**
 * Chat or form. A lost connection never opens the form: while nobody knows who is home, the mode stays. A running chat stays a
 * chat although no new ones are taken, unless no operator is left at all. The form gives way by itself only while nothing was
 * entered.
 */
export function nextMode({ previous, availability, isRunning, isFormInUse, chosen, requests }: ModeInputs): Mode {
  if (requests === 'none') return 'chat'
  if (chosen === 'request') return 'request'
  if (canChat(availability, isRunning)) return previous === 'request' && isFormInUse && chosen !== 'chat' ? 'request' : 'chat'
  return availability.state === 'unknown' ? (previous ?? 'chat') : 'request'
}

/** Whether somebody would answer a chat. */
export function canChat({ state, reason }: Pick<Availability, 'state' | 'reason'>, isRunning: boolean): boolean {
  if (state === 'online' || state === 'busy') return true
  return isRunning && state !== 'unknown' && reason !== 'no_agents'
}

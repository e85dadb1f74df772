import type { AvailabilityView, Mode, RequestView } from '@porchlight/core'

/**
 * What stands below the transcript: the composer, the form, a request that waits for a connection, or the way to another request
 * after one was accepted.
 */
export type Bottom = 'composer' | 'form' | 'held' | 'after'

export function pickBottom(mode: Mode, request: RequestView['state']): Bottom {
  if (mode === 'chat') return 'composer'
  if (request === 'held') return 'held'
  return request === 'accepted' ? 'after' : 'form'
}

/** Somebody can answer, now or after a while. */
export function isReachable(availability: AvailabilityView['state']): boolean {
  return availability === 'online' || availability === 'busy'
}

/** Everything that decides what else is offered. */
export interface OfferDetails {
  readonly mode: Mode
  readonly availability: AvailabilityView['state']
  /** An operator is answering this visitor. */
  readonly isAnswered: boolean
  /** The backend keeps requests. */
  readonly takesRequests: boolean
}

/** What else can be had now: the chat when somebody came back to a form in use, the form while everybody is busy. */
export function pickOffer({ mode, availability, isAnswered, takesRequests }: OfferDetails): Mode | null {
  if (mode === 'request') return isReachable(availability) ? 'chat' : null
  return availability === 'busy' && takesRequests && !isAnswered ? 'request' : null
}

import type { AvailabilityView } from '@porchlight/core'
import { useStore } from '@porchlight/ui'
import { usePanel } from '../panel/panel-context.js'

/** Who is home, and whether somebody could tell. */
export interface KnownAvailability extends AvailabilityView {
  readonly isLive: boolean
}

/**
 * Who is home, as far as it may be said: while the connection is cut off, nobody knows. What was asked ahead of the first connection
 * holds until that has failed.
 */
export function useAvailability(): KnownAvailability {
  const { chat } = usePanel()
  const availability = useStore(chat.$availability)
  const { state, attempt, error, deviceOffline } = useStore(chat.$connection)
  const isLive = !deviceOffline && (state === 'open' || !(availability.at || attempt || error))
  return { ...availability, isLive, state: isLive ? availability.state : 'unknown' }
}

import type { AvailabilityView, Chat } from '@porchlight/core'
import type { Light } from '../shell.types.js'

/** Key of the status in the panel's catalogue. Nobody being there within open hours is not the same as being closed. */
function statusKey({ state, reason }: AvailabilityView): string {
  return state === 'offline' && reason !== 'no_agents' ? 'status.closed' : `status.${state === 'offline' ? 'away' : state}`
}

/** Shows every answer about availability that the connection brings, once `isWanted`. Returns its stop. */
export function followAvailability(chat: Chat, show: (light: Light) => void, text: (key: string) => string | undefined): () => void {
  return chat.$availability.subscribe((availability) => {
    if (availability.at > 0) show({ ...availability, text: text(statusKey(availability)) })
  })
}

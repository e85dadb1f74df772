import type { AvailabilityView, Chat } from '@porchlight/core'
import type { Light } from '../shell.types.js'

/** Key of the status in the panel's catalogue. Nobody being there within open hours is not the same as being closed. */
function statusKey({ state, reason }: AvailabilityView): string {
  return state === 'offline' && reason !== 'no_agents' ? 'status.closed' : `status.${state === 'offline' ? 'away' : state}`
}

/** What may be said of who is home: while the connection is cut off, nobody knows. */
export function knownAvailability({ $availability, $connection }: Pick<Chat, '$availability' | '$connection'>): AvailabilityView {
  const availability = $availability.get()
  const { state, deviceOffline } = $connection.get()
  return state === 'open' && !deviceOffline ? availability : { ...availability, state: 'unknown', reason: 'stale' }
}

/** Shows every answer about availability that the connection brings, and that nobody knows while it is cut off. Returns its stop. */
export function followAvailability(chat: Chat, show: (light: Light) => void, text: (key: string) => string | undefined): () => void {
  const tell = () => {
    const availability = knownAvailability(chat)
    if (availability.at > 0) show({ ...availability, text: text(statusKey(availability)) })
  }
  const stops = [chat.$availability.listen(tell), chat.$connection.subscribe(tell)]
  return () => {
    for (const stop of stops) stop()
  }
}

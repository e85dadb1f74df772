import type { Mode } from '@porchlight/core'
import { useStore } from '@porchlight/ui'
import { useEffect } from 'preact/hooks'
import { lastOwnRequest } from '../panel/entry-content.js'
import { usePanel } from '../panel/panel-context.js'
import { type Bottom, isReachable, pickBottom, pickOffer } from '../views/pick-view.js'
import { useAvailability } from './use-availability.js'

/** What stands below the transcript, and what else could. */
export function useBottom(): { readonly bottom: Bottom; readonly offer: Mode | null } {
  const { chat, opening } = usePanel()
  const mode = useStore(chat.$mode)
  const request = useStore(chat.$request).state
  const availability = useAvailability().state
  const draft = useStore(chat.$draft)
  const messages = useStore(chat.$messages)
  const isAnswered = Boolean(useStore(chat.$conversation)?.assignee)
  const takesRequests = useStore(chat.$capabilities)?.requests !== 'none'

  useEffect(() => {
    if (opening?.view) chat.chooseMode(opening.view)
  }, [opening])

  // A form that was asked for by name, or that a typed text goes into, is not put away.
  const isIdle = request === 'idle' && draft === '' && opening?.view !== 'request' && !isReachable(availability)
  const bottom = pickBottom(mode, isIdle && lastOwnRequest(messages) ? 'accepted' : request)
  return { bottom, offer: pickOffer({ mode, availability, isAnswered, takesRequests }) }
}

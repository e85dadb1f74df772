import type { Mode } from '@porchlight/core'
import { useStore } from '@porchlight/ui'
import { useEffect } from 'preact/hooks'
import { usePanel } from '../panel/panel-context.js'
import { type Bottom, pickBottom, pickOffer } from '../views/pick-view.js'

/** What stands below the transcript, and what else could. */
export function useBottom(): { readonly bottom: Bottom; readonly offer: Mode | null } {
  const { chat, opening } = usePanel()
  const mode = useStore(chat.$mode)
  const request = useStore(chat.$request).state
  const availability = useStore(chat.$availability).state
  const isAnswered = Boolean(useStore(chat.$conversation)?.assignee)
  const takesRequests = useStore(chat.$capabilities)?.requests !== 'none'

  useEffect(() => {
    if (opening?.view) chat.chooseMode(opening.view)
  }, [opening])

  return { bottom: pickBottom(mode, request), offer: pickOffer({ mode, availability, isAnswered, takesRequests }) }
}

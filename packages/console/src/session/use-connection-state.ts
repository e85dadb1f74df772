import { useStore } from '@porchlight/ui'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useConsole, useWorkspace } from '../console-context.js'

/** The connection as people are told of it. `lost` only once it lasted: most drops mend before anybody notices. */
export type ShownConnection = 'open' | 'connecting' | 'lost' | 'offline' | 'failed'

/** The states that the operator has to know of. */
export function isLost(connection: ShownConnection): connection is 'lost' | 'offline' | 'failed' {
  return connection === 'lost' || connection === 'offline' || connection === 'failed'
}

/** How long a drop may last before it is worth a word. */
const graceMs = 2_000

/** What to show of the connection; says once that it was lost, and once that it is back. */
export function useConnectionState(): ShownConnection {
  const { connection } = useWorkspace()
  const { i18n, announce, problems } = useConsole()
  const { state, downSince, deviceOffline } = useStore(connection.$connection)
  const [isLong, setLong] = useState(false)
  const hasToldLoss = useRef(false)
  const isDown = state !== 'open'

  useEffect(() => {
    setLong(false)
    if (!isDown) return
    const timer = setTimeout(() => setLong(true), graceMs)
    return () => clearTimeout(timer)
  }, [isDown, downSince])

  const shown = shownState({ state, deviceOffline, isLong })
  useEffect(() => {
    if (isLost(shown)) {
      hasToldLoss.current = true
      announce(i18n.text(`connection.${shown}`))
    } else if (shown === 'open' && hasToldLoss.current) {
      hasToldLoss.current = false
      // What could not be done without a connection can be done now.
      problems.clear()
      announce(i18n.text('connection.restored'))
    }
  }, [shown, announce, problems, i18n])
  return shown
}

function shownState({ state, deviceOffline, isLong }: { state: string; deviceOffline: boolean; isLong: boolean }): ShownConnection {
  if (state === 'open') return 'open'
  if (state === 'failed') return 'failed'
  if (deviceOffline) return 'offline'
  return isLong ? 'lost' : 'connecting'
}

import type { ConnectionState } from '@porchlight/core'
import { Icon, useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useDelayed } from '../hooks/use-delayed.js'
import { type TextKey, usePanel } from '../panel/panel-context.js'

/** A connection that takes longer than this is spoken of. */
const connectingAfterMs = 1_000
/** A lost connection that mends itself sooner is not, nor what was missed and comes sooner; one line follows the other without a gap. */
const lostAfterMs = 2_000

/** What is wrong with the connection, if anything; the device's own state comes first. */
export function connectionKey({ state, downSince, error, deviceOffline }: ConnectionState): TextKey | null {
  if (deviceOffline) return 'conn.offline'
  if (state === 'failed') return error?.code === 'blocked' ? 'conn.blocked' : 'conn.failed'
  if (state === 'open' || state === 'idle' || state === 'closed') return null
  return downSince === undefined ? 'conn.connecting' : 'conn.lost'
}

/** One line above the composer while the connection is not as it should be, or what was missed is not here yet. */
export function Banner(): VNode | null {
  const { chat, i18n, announce, opening } = usePanel()
  const connection = useStore(chat.$connection)
  const isBehind = useStore(chat.$conversation)?.isBehind
  const key = connectionKey(connection) ?? (isBehind ? 'panel.loading' : null)
  const isLoading = key === 'panel.loading'
  const delayMs = key === 'conn.lost' || isLoading ? lostAfterMs : key === 'conn.connecting' ? connectingAfterMs : 0
  const isShown = useDelayed(key !== null && opening !== null, delayMs)
  const shown = isShown ? key : null
  const wasLost = useRef(false)

  useEffect(() => {
    if (shown) announce(i18n.text(shown))
    else if (wasLost.current && key === null && opening) announce(i18n.text('conn.restored'))
    if ((shown || key === null) && !isLoading) wasLost.current = shown !== null && shown !== 'conn.connecting'
  }, [shown, key])

  if (!shown) return null
  return (
    <p data-part="banner" data-state={connection.state === 'failed' ? 'failed' : 'waiting'}>
      <Icon name={isLoading || shown === 'conn.connecting' ? 'clock' : 'alert'} />
      <span>{i18n.text(shown)}</span>
    </p>
  )
}

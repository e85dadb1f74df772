import { useStore } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole, useWorkspace } from '../console-context.js'
import { isLost, type ShownConnection } from './use-connection-state.js'

/** Id of the banner's text, for what it describes. */
export const bannerId = 'connection-banner'

/** Says that the console has lost the server: what is safe, how many replies wait, and what customers see meanwhile. */
export function ConnectionBanner({ connection, isAvailable }: { readonly connection: ShownConnection; readonly isAvailable: boolean }): VNode | null {
  const { text } = useConsole().i18n
  const { count } = useStore(useWorkspace().connection.$outbox)
  if (!isLost(connection)) return null
  const words = [
    text(`connection.${connection}`),
    ...(count > 0 ? [text('connection.waiting', { n: count })] : []),
    ...(isAvailable ? [text('connection.away')] : [])
  ]
  return (
    <div data-part="banner">
      <p id={bannerId}>{words.join(' ')}</p>
    </div>
  )
}

import type { VNode } from 'preact'
import { Icon, type IconName } from '../icons.js'
import type { ReceiptState } from './message-item.js'

const icons: Readonly<Record<ReceiptState, IconName>> = { pending: 'clock', sent: 'check', delivered: 'checks', read: 'checks', failed: 'alert' }

/** How far a message came, as a drawing and as a word. */
export function Receipt({ state, text }: { readonly state: ReceiptState; readonly text: string }): VNode {
  return (
    <span data-part="receipt" data-state={state}>
      <Icon name={icons[state]} />
      {text}
    </span>
  )
}

import type { Message } from '@porchlight/core'
import { Icon } from '@porchlight/ui'
import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'

/** Says what arrived below the reader's place, and leads there: the focus goes to the first of it. */
export function NewMessages({ unseen, onShow }: { readonly unseen: readonly Message[]; readonly onShow: () => void }): VNode | null {
  const { text } = useConsole().i18n
  const [first] = unseen
  if (!first) return null
  const show = (): void => {
    onShow()
    const row = document.getElementById(`message-${first.id}`)?.closest('li')
    row?.scrollIntoView({ block: 'nearest' })
    row?.focus({ preventScroll: true })
  }
  return (
    <button type="button" data-part="new-messages" onClick={show}>
      <Icon name="down" />
      {text('thread.newMessages', { n: unseen.length })}
    </button>
  )
}

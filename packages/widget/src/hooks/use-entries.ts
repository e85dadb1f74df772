import type { ChatMessage } from '@porchlight/core'
import { useStore } from '@porchlight/ui'
import { useMemo } from 'preact/hooks'
import { firstUnreadId, withReceipt } from '../components/transcript-rows.js'
import { usePanel } from '../panel/panel-context.js'
import { type DrawnRows, useRowWindow } from './use-row-window.js'

/** The entries on show. */
export interface Entries extends DrawnRows<ChatMessage> {
  /** Where the mark for new messages stands during this opening. */
  readonly newFrom: string | undefined
}

export function useEntries(isAtBottom: boolean): Entries {
  const { chat, opening } = usePanel()
  const messages = useStore(chat.$messages)
  const request = useStore(chat.$request)
  const hasOlder = useStore(chat.$conversation)?.hasOlder ?? false
  const entries = useMemo(() => withReceipt(messages, request), [messages, request.state, request.receipt])
  const newFrom = useMemo(() => firstUnreadId(messages, opening?.unread ?? 0), [opening, messages.length > 0])
  const older = { hasOlder, load: () => chat.loadOlder(), entries: () => withReceipt(chat.$messages.get(), chat.$request.get()) }
  return { ...useRowWindow(entries, isAtBottom, older), newFrom }
}

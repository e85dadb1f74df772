import type { Participant } from '@porchlight/protocol'
import type { ReadableAtom } from 'nanostores'
import type { ChatMessage, ConversationView } from '../chat.types.js'
import type { Hub } from '../connection/hub.js'
import type { LogCore } from '../log/log.js'
import { createStore } from '../store.js'
import type { Conversation } from './conversation.js'
import { countUnread, standingOf, viewMessages } from './message-view.js'

/** The stores that show the current log. */
export interface Transcript {
  readonly $messages: ReadableAtom<readonly ChatMessage[]>
  readonly $conversation: ReadableAtom<ConversationView | null>
  readonly $typing: ReadableAtom<readonly Participant[]>
  readonly $unread: ReadableAtom<number>
  readonly markRead: () => void
}

/** Shows whichever log the conversation stands in. */
export function createTranscript(hub: Hub, conversation: Conversation): Transcript {
  const $messages = createStore<readonly ChatMessage[]>([])
  const $conversation = createStore<ConversationView | null>(null)
  const $typing = createStore<readonly Participant[]>([])
  const $unread = createStore(0)
  let stopFollowing: (() => void)[] = []

  const refresh = () => {
    const log = conversation.$log.get()
    if (log) show(log)
    else clear()
  }
  const show = (log: LogCore) => {
    const messages = log.$messages.get()
    $messages.set(viewMessages({ messages, pending: log.$pending.get(), you: conversation.you(), receipts: log.$receipts.get() }))
    $unread.set(countUnread(messages, log.read()))
    const standing = standingOf(messages, log.$state.get()?.state)
    const { hasMore, isLoading } = log.$older.get()
    const isBehind = (log.$state.get()?.head ?? 0) > (log.position()?.have ?? 0)
    $conversation.set({ c: log.c, ...standing, hasOlder: hasMore, isLoadingOlder: isLoading, isBehind })
  }
  const clear = () => {
    if ($messages.get().length > 0) $messages.set([])
    $unread.set(0)
    $conversation.set(null)
  }

  const follow = (log: LogCore | null) => {
    for (const stop of stopFollowing) stop()
    stopFollowing = log
      ? [
          ...[log.$messages, log.$pending, log.$state, log.$receipts, log.$older].map((store) => (store as ReadableAtom).listen(refresh)),
          log.$typing.subscribe((participants) => $typing.set(participants))
        ]
      : []
    refresh()
  }

  conversation.$log.subscribe(follow)
  hub.$you.listen(refresh)

  return {
    $messages,
    $conversation,
    $typing,
    $unread,
    markRead: () => {
      const log = conversation.$log.get()
      if (!log) return
      log.markRead(log.position()?.have ?? 0)
      refresh()
    }
  }
}

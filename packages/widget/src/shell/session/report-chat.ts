import type { Chat, ConversationView } from '@porchlight/core'
import type { Emit } from '../shell.types.js'

/** What the first letter of an id is while only this device knows the conversation. */
const localMark = '+'

/**
 * Reports the connection, unread messages and the life of the conversation as public events. A conversation that is there before
 * `isNews` counts as known. Returns its stop.
 */
export function reportChat(chat: Chat, emit: Emit, isNews: () => boolean): () => void {
  let { state } = chat.$connection.get()
  let before = chat.$conversation.get()
  const stops = [
    chat.$connection.listen((connection) => {
      if (connection.state === state) return
      state = connection.state
      emit('connection', { state })
    }),
    chat.$unread.listen((count) => emit('unread', { count })),
    chat.$conversation.listen((conversation) => {
      const last = before
      before = conversation
      if (conversation && !isLocal(conversation) && (isNews() || isLocal(last))) reportConversation(last, conversation, emit)
    })
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function isLocal(conversation: ConversationView | null): boolean {
  return conversation?.c.startsWith(localMark) === true
}

function reportConversation(last: ConversationView | null, { c, state, assignee }: ConversationView, emit: Emit): void {
  const conversation = c
  if (!last || isLocal(last)) emit('conversation:started', { conversation })
  if (assignee && assignee.id !== last?.assignee?.id) {
    emit(last?.assignee ? 'conversation:transferred' : 'conversation:assigned', { conversation, to: assignee.name })
  }
  if (last?.state === 'open' && state === 'closed') emit('conversation:ended', { conversation })
}

import type { Chat, ConversationView } from '@porchlight/core'

type Emit = (event: string, detail: unknown) => void

/** Reports the connection and the life of the conversation as public events. What is there before `isNews` counts as known. Returns its stop. */
export function reportChat(chat: Chat, emit: Emit, isNews: () => boolean): () => void {
  let { state } = chat.$connection.get()
  let known = chat.$conversation.get()
  const stops = [
    chat.$connection.listen((connection) => {
      if (connection.state === state) return
      state = connection.state
      emit('connection', { state })
      if (connection.state === 'failed' && connection.error) emit('error', connection.error)
    }),
    chat.$conversation.listen((conversation) => {
      const before = known
      known = conversation
      if (conversation && isNews()) reportConversation(before, conversation, emit)
    })
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function reportConversation(before: ConversationView | null, { c, state, assignee }: ConversationView, emit: Emit): void {
  const conversation = c
  if (!before) emit('conversation:started', { conversation })
  if (assignee && assignee.id !== before?.assignee?.id) {
    emit(before?.assignee ? 'conversation:transferred' : 'conversation:assigned', { conversation, to: assignee.name })
  }
  if (before?.state === 'open' && state === 'closed') emit('conversation:ended', { conversation })
}

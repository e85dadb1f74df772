import type { Chat } from '@porchlight/core'
import type { MessageNews } from './watch-messages.js'

/** Reports what happened to messages as public events: names and ids, never texts. */
export function reportMessages(emit: (event: string, detail: unknown) => void, { received, progressed }: MessageNews): void {
  for (const { id, c, at, by } of received) emit('message:received', { id, conversation: c, at, from: by.name ?? null })
  for (const { id, c, state, failure } of progressed) {
    emit(`message:${state}`, { id, conversation: c, ...(failure && { reason: failure }) })
  }
}

/** Reports accepted requests and whether somebody else is typing. Returns its stop. */
export function reportStates(chat: Chat, emit: (event: string, detail: unknown) => void): () => void {
  let reference = chat.$request.get().receipt?.reference
  let wasTyping = false
  const stops = [
    chat.$request.subscribe(({ state, receipt }) => {
      if (state !== 'accepted' || !receipt || receipt.reference === reference) return
      reference = receipt.reference
      emit('request:submitted', { reference })
    }),
    chat.$typing.subscribe((names) => {
      const isTyping = names.length > 0
      if (isTyping !== wasTyping) emit('typing', { isTyping, from: names[0]?.name ?? null })
      wasTyping = isTyping
    })
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

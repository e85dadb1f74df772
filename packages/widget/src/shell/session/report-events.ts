import type { Chat } from '@porchlight/core'
import { type MessageNews, watchMessages } from '../../panel/watch-messages.js'
import type { Emit } from '../shell.types.js'

/**
 * Reports what happens to messages and requests, a place in line, and whether somebody else is typing, as public events: names and ids, never texts.
 * What others wrote before `isNews` counts as known. Returns its stop.
 */
export function reportEvents(chat: Chat, emit: Emit, isNews: () => boolean): () => void {
  let reference = chat.$request.get().receipt?.reference
  let wasTyping = false
  let place: number | undefined
  const stops = [
    watchMessages(
      chat,
      () => !isNews(),
      (news) => reportMessages(news, emit)
    ),
    chat.$request.subscribe(({ state, receipt }) => {
      if (state !== 'accepted' || !receipt || receipt.reference === reference) return
      reference = receipt.reference
      emit('request:submitted', { reference })
    }),
    chat.$queue.subscribe((queue) => {
      const { position, estimateMs = null } = queue ?? {}
      if (position !== undefined && position !== place)
        emit('conversation:queued', { conversation: chat.$conversation.get()?.c ?? '', position, estimateMs })
      place = position
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

function reportMessages({ received, progressed }: MessageNews, emit: Emit): void {
  for (const { id, c, at, by } of received) emit('message:received', { id, conversation: c, at, from: by.name ?? null })
  for (const { id, c, state, failure } of progressed) {
    emit(`message:${state}`, { id, conversation: c, ...(failure && { reason: failure }) })
  }
}

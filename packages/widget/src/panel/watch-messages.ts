import type { Chat, ChatMessage } from '@porchlight/core'

/** What changed between two lists of messages. */
export interface MessageNews {
  /** Texts of others that are newer than everything before, in order. */
  readonly received: readonly ChatMessage[]
  /** Own messages that came further, or failed. */
  readonly progressed: readonly ChatMessage[]
}

/** Compares a list with the one before it. Older entries that were loaded later are no news. */
export function newsOf(before: readonly ChatMessage[], after: readonly ChatMessage[]): MessageNews {
  const states = new Map(before.map(({ id, state }) => [id, state]))
  const newest = before.reduce((highest, { order, state }) => (isSettled(state) ? Math.max(highest, order) : highest), 0)
  return {
    received: after.filter(({ id, own, k, order }) => !own && k === 'text' && order > newest && !states.has(id)),
    progressed: after.filter(({ id, own, state }) => own && states.has(id) && states.get(id) !== state && state !== 'pending')
  }
}

function isSettled(state: ChatMessage['state']): boolean {
  return state !== 'pending' && state !== 'failed'
}

/**
 * Reports news of a chat's messages. What is there when `isHistory` no longer says so counts as known.
 *
 * @returns Stops the reports.
 */
export function watchMessages(chat: Pick<Chat, '$messages'>, isHistory: () => boolean, report: (news: MessageNews) => void): () => void {
  let before: readonly ChatMessage[] = chat.$messages.get()
  return chat.$messages.subscribe((messages) => {
    const { received, progressed } = newsOf(before, messages)
    before = messages
    const news = { received: isHistory() ? [] : received, progressed }
    if (news.received.length + progressed.length > 0) report(news)
  })
}

import type { Chat } from '@porchlight/core'
import type { OpenState } from './open-state.js'

/** What a refusal asks for: forgets everything of the visitor, unless a conversation is in progress. Resolves to whether it did. */
export async function forgetChat(chat: Chat, openState: OpenState): Promise<boolean> {
  await chat.open()
  if (chat.$conversation.get()?.state === 'open') return false
  openState.write(false)
  await chat.reset()
  return true
}

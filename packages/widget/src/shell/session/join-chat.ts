import { type Chat, createChat } from '@porchlight/core'
import { isChatError } from '@porchlight/protocol'
import type { PanelChat } from '../../panel/panel.types.js'
import type { Emit } from '../shell.types.js'
import { localeOf } from './read-options.js'
import { reportChat } from './report-chat.js'
import { reportEvents } from './report-events.js'
import type { SessionDetails } from './session.types.js'

/** The chat of a session, and what is reported of it. */
export interface JoinedChat {
  readonly chat: Chat
  /** The chat as the panel gets it: an inline panel, which is shown before anybody wants to talk, connects nothing. */
  readonly shown: PanelChat
  /** Somebody wants to talk, or has talked. Settles with the first answer; what others write from then on is news. */
  readonly connect: () => Promise<void>
  readonly stop: () => void
}

/** Makes the chat, unconnected, and reports its events from now on, whether a panel is there or not. */
export function joinChat({ adapter, options, launcher, preview = (shown) => shown }: SessionDetails, emit: Emit): JoinedChat {
  const chat = createChat({
    adapter,
    locale: localeOf(options()).locale,
    department: options()['department'],
    onError: (error) => emit('error', { code: codeOf(error), message: error.message })
  })
  let isEngaged = launcher !== undefined
  let isNews = false
  const stops = [reportChat(chat, emit, () => isNews), reportEvents(chat, emit, () => isNews), chat.destroy]
  return {
    chat,
    shown: preview({ ...chat, open: async () => (isEngaged ? chat.open() : undefined) }),
    async connect() {
      isEngaged = true
      await chat.open()
      isNews = true
    },
    stop() {
      for (const stop of stops) stop()
    }
  }
}

function codeOf(error: Error): string {
  return isChatError(error) ? error.code : 'internal'
}

import type { Chat } from '@porchlight/core'
import { createUnreadAnnouncer } from './announce-unread.js'
import { createTitleMark } from './mark-title.js'
import { showUnread, unreadText } from './show-unread.js'

/** Where and how unread messages are shown. */
export interface UnreadDetails {
  readonly chat: Chat
  readonly element: HTMLElement
  readonly root: ShadowRoot
  readonly launcher: HTMLElement
  readonly language: () => string
  /** The panel itself tells what it shows. */
  readonly isOpen: () => boolean
}

/** Unread messages, wherever they are shown. */
export interface Unread {
  /** The language has changed, or the panel was opened or closed. */
  readonly refresh: () => void
  readonly stop: () => void
}

/** Shows unread messages on the launcher and in the page's title, and says them to people who listen. */
export function followUnread({ chat, element, root, launcher, language, isOpen }: UnreadDetails): Unread {
  const title = createTitleMark()
  const announcer = createUnreadAnnouncer(element, root, (count) => unreadText(count, language()))

  function refresh(): void {
    const count = isOpen() ? 0 : chat.$unread.get()
    showUnread(launcher, count, language())
    announcer.count(count)
    title.show(chat.$unread.get())
  }

  const unsubscribe = chat.$unread.subscribe(refresh)
  return {
    refresh,
    stop() {
      unsubscribe()
      title.stop()
      announcer.stop()
      showUnread(launcher, 0, language())
    }
  }
}

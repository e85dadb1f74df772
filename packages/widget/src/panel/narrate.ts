import type { Announce, I18n } from '@porchlight/ui'
import { queueText } from '../components/queue-text.js'
import { textOf } from './entry-content.js'
import type { PanelChat } from './panel.types.js'
import type { TextKey } from './panel-context.js'
import { type MessageNews, watchMessages } from './watch-messages.js'

/** More messages than this at once are counted instead of read. */
const mostRead = 2

/** A place in line is spoken no oftener. */
const placePauseMs = 30_000

/** What the narrator speaks about, and with. */
export interface NarratorDetails {
  readonly chat: PanelChat
  readonly i18n: () => I18n<TextKey>
  readonly announce: Announce
  readonly isOpen: () => boolean
}

/** Tells people who listen what others see happen. Own messages are spoken of only when they fail. */
export interface Narrator {
  /** From now on what comes is news, and no longer what was there. */
  readonly listen: () => void
  readonly stop: () => void
}

export function narrate({ chat, i18n, announce, isOpen }: NarratorDetails): Narrator {
  let isHistory = true
  let hasToldTyping = false
  let mode = chat.$mode.get()
  const nameOf = (name: string | undefined) => name ?? i18n().text('agent.name')

  function tell({ received, progressed }: MessageNews): void {
    if (received.length > 0) hasToldTyping = false
    if (!isOpen()) return
    const lost = progressed.find(({ state }) => state === 'failed')
    if (lost) announce(i18n().text(lost.failure === 'timeout' ? 'msg.timeout' : 'msg.failed'), 'assertive')
    if (received.length > mostRead) announce(i18n().text('history.pill', { n: received.length }))
    else for (const message of received) announce(`${i18n().text('msg.from', { name: nameOf(message.by.name) })}: ${textOf(message)}`)
  }

  let saidAt = Number.NEGATIVE_INFINITY
  let said = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The newest word on a place in line, not oftener than people can bear; that the wait is long, in its turn. */
  function tellPlace(): void {
    const queue = chat.$queue.get()
    clearTimeout(timer)
    if (!queue) said = ''
    if (!queue || !isOpen()) return
    const text = queueText(queue, i18n()) + (queue.stage === 'waiting' ? '' : `. ${i18n().text('queue.kept')}`)
    if (text === said) return
    const restMs = saidAt + placePauseMs - Date.now()
    if (restMs > 0) {
      timer = setTimeout(tellPlace, restMs)
      return
    }
    said = text
    saidAt = Date.now()
    announce(text)
  }

  const stops = [
    chat.$queue.subscribe(tellPlace),
    () => clearTimeout(timer),
    watchMessages(chat, () => isHistory, tell),
    chat.$typing.subscribe(([first]) => {
      if (!first || hasToldTyping || !isOpen()) return
      hasToldTyping = true
      announce(i18n().text('agent.typing', { name: nameOf(first.name) }))
    }),
    chat.$mode.subscribe((next) => {
      if (next === mode) return
      mode = next
      // What an inline panel shows before anybody turned to it is no news. Somebody who was being helped is told at once that this has ended.
      if (isOpen() && next === 'request' && chat.$availability.get().at > 0)
        announce(i18n().text('form.intro'), chat.$conversation.get()?.assignee ? 'assertive' : 'polite')
    })
  ]
  return {
    listen() {
      isHistory = false
    },
    stop() {
      for (const stop of stops) stop()
    }
  }
}

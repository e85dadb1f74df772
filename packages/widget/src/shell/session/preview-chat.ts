import type { ReadableStore } from '@porchlight/ui'
import type { PanelChat } from '../../panel/panel.types.js'
import type { EarlyLight } from './early-light.js'

/**
 * A chat as its panel shows it before anybody turned to it: with the light that was asked for ahead, and the view that fits. The first
 * word of the connection takes its place. A form that somebody has turned to meanwhile stays, and the chat is offered beside it.
 *
 * @param hasFocus Whether the focus stands in the panel.
 */
export function previewChat(chat: PanelChat, light: EarlyLight, hasFocus: () => boolean): PanelChat {
  const isAhead = () => chat.$availability.get().at === 0
  const isForm = () => /away|offline/.test(light.get().state)

  function derive<T>(read: () => T, source: ReadableStore<unknown>): ReadableStore<T> {
    return {
      get: read,
      subscribe(listener) {
        let last = read()
        const tell = () => {
          const next = read()
          if (next === last) return
          last = next
          listener(next)
        }
        listener(last)
        const stops = [source.subscribe(tell), chat.$availability.subscribe(tell), light.listen(tell)]
        return () => {
          for (const stop of stops) stop()
        }
      }
    }
  }

  let wasAhead = true
  chat.$availability.subscribe(({ at }) => {
    if (at > 0 && wasAhead && isForm() && chat.$mode.get() === 'chat' && hasFocus()) chat.chooseMode('request')
    wasAhead = at === 0
  })
  return {
    ...chat,
    $availability: derive(() => (isAhead() ? light.get() : chat.$availability.get()), chat.$availability),
    $mode: derive(() => (isAhead() && isForm() ? 'request' : chat.$mode.get()), chat.$mode),
    async open() {
      await chat.open()
      if (chat.$connection.get().state === 'idle') await light.settled
    }
  }
}

import { followViewport } from '@porchlight/theme'
import { createI18n } from '@porchlight/ui'
import { render } from 'preact'
import en from '../../locales/en.json'
import { PanelView } from '../views/panel-view.js'
import { createFrame } from './create-frame.js'
import { createVoice } from './create-voice.js'
import { followChat } from './follow-chat.js'
import { handleKeys } from './handle-keys.js'
import type { MountPanel, PanelOptions } from './panel.types.js'
import { type Opening, PanelProvider, type TextKey } from './panel-context.js'
import { adoptPanelSheets } from './panel-sheets.js'
import { presentDialog } from './present-dialog.js'

/**
 * Draws the panel in a shadow root, hidden; an inline one is there at once.
 *
 * `show` may be called again at any time: it also puts right what moving the element in the document has undone.
 *
 * @example
 * ```ts
 * import type { MountPanel, PanelHost } from './panel.types.js'
 *
 * function openOnce(mount: MountPanel, host: PanelHost) {
 *   const panel = mount(host)
 *   panel.show({ openedBy: 'pointer' })
 *   return panel.destroy
 * }
 * ```
 */
export const mountPanel: MountPanel = (host) => {
  const { chat, element, root, close } = host
  const frame = createFrame(root, host.presentation === 'inline')
  const { panel, content } = frame
  const presenter = panel instanceof HTMLDialogElement ? presentDialog(panel, close) : undefined
  const isSheet = () => presenter?.isSheet() === true
  const voice = createVoice({ element, frame, isSheet })
  const sheets = adoptPanelSheets(root)
  let i18n = createI18n<TextKey>({ locale: 'en', catalogue: en })
  let opening: Opening | null = null
  const follower = followChat({ chat, announce: voice.announce, i18n: () => i18n, isOpen: () => opening !== null })
  const stopKeys = presenter && handleKeys({ ...frame, isCard: () => opening !== null && !isSheet(), close })
  const stopViewport = followViewport(panel)

  function draw(): void {
    render(
      <PanelProvider value={{ chat, i18n, announce: voice.announce, close, opening, isInline: !presenter }}>
        <PanelView />
      </PanelProvider>,
      content
    )
  }

  function update(options: PanelOptions): void {
    i18n = createI18n<TextKey>({ locale: options.locale, catalogue: options.catalogue, fallback: en })
    frame.update(options, i18n.direction)
    sheets.setColor(options.color)
    draw()
  }

  update(host.options)
  return {
    show({ view, openedBy }) {
      const ready = chat.open().finally(follower.listen)
      opening = { view, openedBy, ready, unread: chat.$unread.get() }
      presenter?.show()
      draw()
    },
    hide() {
      opening = null
      presenter?.hide()
      draw()
    },
    update,
    destroy() {
      for (const stop of [stopKeys, stopViewport, follower.stop, presenter?.destroy, voice.destroy, sheets.remove]) stop?.()
      render(null, content)
      frame.root.remove()
    }
  }
}

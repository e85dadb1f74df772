import { followViewport } from '@porchlight/theme'
import { createI18n, type I18n } from '@porchlight/ui'
import { render } from 'preact'
import en from '../../locales/en.json'
import { PanelView } from '../views/panel-view.js'
import { createFrame } from './create-frame.js'
import { createVoice } from './create-voice.js'
import { handleKeys } from './handle-keys.js'
import { narrate } from './narrate.js'
import type { MountPanel, PanelOptions } from './panel.types.js'
import { type Opening, type PanelContext, PanelProvider, type TextKey } from './panel-context.js'
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
  const isOpen = () => opening !== null
  const { announce, destroy: silence } = createVoice({ element, frame, isSheet })
  const sheets = adoptPanelSheets(root)
  let i18n!: I18n<TextKey>
  let opening: Opening | null = null
  const narrator = narrate({ chat, announce, i18n: () => i18n, isOpen })
  const stopKeys = presenter && handleKeys({ ...frame, isCard: () => isOpen() && !isSheet(), close })
  const stops = [stopKeys, followViewport(panel), narrator.stop, presenter?.destroy, silence, sheets.remove]
  const draw = () => drawView(content, { chat, i18n, announce, close, opening, isInline: !presenter })

  function update(options: PanelOptions): void {
    i18n = createI18n({ ...options, fallback: en })
    frame.update(options, i18n.direction)
    sheets.setColor(options.color)
    draw()
  }

  update(host.options)
  return {
    show({ view, openedBy }) {
      const ready = chat.open().finally(narrator.listen)
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
      for (const stop of stops) stop?.()
      render(null, content)
      frame.root.remove()
    }
  }
}

function drawView(content: HTMLElement, context: PanelContext): void {
  render(
    <PanelProvider value={context}>
      <PanelView />
    </PanelProvider>,
    content
  )
}

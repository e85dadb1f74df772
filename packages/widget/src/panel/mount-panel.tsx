import { followViewport } from '@porchlight/theme'
import { createI18n, type I18n } from '@porchlight/ui'
import { render } from 'preact'
import en from '../../locales/en.json'
import { PanelView } from '../views/panel-view.js'
import { createFrame, type Frame } from './create-frame.js'
import { createVoice } from './create-voice.js'
import { handleKeys } from './handle-keys.js'
import { narrate } from './narrate.js'
import type { MountPanel, PanelHost, PanelOptions } from './panel.types.js'
import { type Opening, type PanelContext, PanelProvider, type TextKey } from './panel-context.js'
import { adoptPanelSheets, type PanelSheets } from './panel-sheets.js'
import { type Presenter, presentDialog } from './present-dialog.js'

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
  const { chat, close } = host
  const { frame, presenter, isSheet, announce, setColor, clear } = createStage(host)
  const isOpen = () => opening !== null
  let i18n!: I18n<TextKey>
  let opening: Opening | null = null
  const narrator = narrate({ chat, announce, i18n: () => i18n, isOpen })
  const stopKeys = presenter && handleKeys({ ...frame, isCard: () => isOpen() && !isSheet(), close })
  const draw = () => drawView(frame.content, { chat, i18n, announce, close, opening, isInline: !presenter })

  function update(options: PanelOptions): void {
    i18n = createI18n({ ...options, fallback: en })
    frame.update(options, i18n.direction)
    setColor(options.color)
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
      stopKeys?.()
      narrator.stop()
      clear()
    }
  }
}

/** Everything around what is drawn, for as long as the panel is mounted. */
interface Stage extends Pick<PanelContext, 'announce'>, Pick<PanelSheets, 'setColor'> {
  readonly frame: Frame
  /** An inline panel has none. */
  readonly presenter: Presenter | undefined
  readonly isSheet: () => boolean
  readonly clear: () => void
}

function createStage({ element, root, presentation, close }: PanelHost): Stage {
  const frame = createFrame(root, presentation === 'inline')
  const presenter = frame.panel instanceof HTMLDialogElement ? presentDialog(frame.panel, close) : undefined
  const isSheet = () => presenter?.isSheet() === true
  const { announce, destroy: silence } = createVoice({ element, frame, isSheet })
  const { setColor, remove } = adoptPanelSheets(root)
  const stopViewport = followViewport(frame.panel)
  return {
    ...{ frame, presenter, isSheet, announce, setColor },
    clear() {
      for (const stop of [stopViewport, presenter?.destroy, silence, remove]) stop?.()
      render(null, frame.content)
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

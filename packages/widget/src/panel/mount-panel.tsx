import { followViewport } from '@porchlight/theme'
import { createAnnouncer, createI18n, createLiveRegions } from '@porchlight/ui'
import { render } from 'preact'
import en from '../../locales/en.json'
import { PanelView } from '../views/panel-view.js'
import { createFrame } from './create-frame.js'
import { handleKeys } from './handle-keys.js'
import { createNarrator } from './narrate.js'
import type { MountPanel, PanelOptions } from './panel.types.js'
import { type Opening, type PanelContext, PanelProvider, type TextKey } from './panel-context.js'
import { adoptPanelSheets } from './panel-sheets.js'
import { presentDialog } from './present-dialog.js'
import { reportMessages, reportStates } from './report-events.js'
import { watchMessages } from './watch-messages.js'

/**
 * Draws the panel in a shadow root, hidden; inline panels are shown at once.
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
  const { chat, element, root, close, emit } = host
  const isInline = host.presentation === 'inline'
  const stopping = new AbortController()
  const frame = createFrame(root, isInline)
  const presenter = frame.panel instanceof HTMLDialogElement ? presentDialog(frame.panel, close) : undefined
  const sheets = adoptPanelSheets(root)
  const outside = createLiveRegions()
  const inside = createLiveRegions()
  const announcer = createAnnouncer(() => (presenter?.isSheet() ? inside : outside))
  let i18n = createI18n<TextKey>({ locale: 'en', catalogue: en })
  let opening: Opening | null = null
  let isReady = false

  outside.element.slot = 'porchlight-announcer'
  element.append(outside.element)
  frame.panel.append(inside.element)

  function draw(): void {
    const value: PanelContext = { chat, i18n, announce: announcer.announce, close, opening, isInline }
    render(
      <PanelProvider value={value}>
        <PanelView />
      </PanelProvider>,
      frame.content
    )
  }

  function update(options: PanelOptions): void {
    i18n = createI18n<TextKey>({ locale: options.locale, catalogue: options.catalogue, fallback: en })
    frame.update(options, i18n.direction)
    sheets.setColor(options.color)
    draw()
  }

  const narrator = createNarrator({ chat, i18n: () => i18n, announce: announcer.announce, isOpen: () => opening !== null })
  const stops = [
    watchMessages(
      chat,
      () => !isReady,
      (news) => {
        reportMessages(emit, news)
        narrator.tell(news)
      }
    ),
    reportStates(chat, emit),
    narrator.stop,
    followViewport(frame.panel),
    announcer.destroy
  ]
  if (!isInline) handleKeys({ ...frame, signal: stopping.signal, isCard: () => opening !== null && !presenter?.isSheet(), close })
  update(host.options)

  return {
    show({ view, openedBy }) {
      const ready = chat.open().finally(() => {
        isReady = true
      })
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
      stopping.abort()
      for (const stop of stops) stop()
      presenter?.destroy()
      render(null, frame.content)
      sheets.remove()
      frame.root.remove()
      outside.element.remove()
    }
  }
}

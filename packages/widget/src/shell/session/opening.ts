import type { OpenedBy, View } from '../../panel/panel.types.js'
import type { PanelControl } from './panel-control.js'
import { focusedElement, returnFocus } from './return-focus.js'

/** What opening and closing needs. */
export interface OpeningDetails {
  readonly element: HTMLElement
  readonly panel: PanelControl
  /** Of a floating panel; an inline one cannot be closed. */
  readonly launcher: HTMLElement | undefined
  /** Opened or closed. */
  readonly changed: (isOpen: boolean) => void
  /** The panel's code did not load. */
  readonly failed: (retry: () => void) => void
}

/** The panel as open or closed. */
export interface Opening {
  readonly open: (openedBy: OpenedBy, view?: View) => Promise<void>
  readonly close: () => void
  readonly isOpen: () => boolean
}

/** Opens and closes the panel, and brings the focus back to where it came from. */
export function createOpening({ element, panel, launcher, changed, failed }: OpeningDetails): Opening {
  let isOpen = false
  /** Closing while the code is still loading takes the wish back. */
  let isWanted = false
  let opener: HTMLElement | undefined

  function setOpen(next: boolean): void {
    if (isOpen === next) return
    isOpen = next
    if (launcher) launcher.ariaExpanded = `${next}`
    changed(next)
  }

  function setBusy(isBusy: boolean): void {
    if (launcher) launcher.ariaBusy = `${isBusy}`
  }

  async function open(openedBy: OpenedBy, view?: View): Promise<void> {
    isWanted = true
    if (!isOpen) opener = focusedElement(element)
    setBusy(true)
    try {
      await panel.mount()
    } catch {
      if (isWanted && openedBy !== 'script') failed(() => void open(openedBy, view))
      return
    } finally {
      setBusy(false)
    }
    if (!isWanted) return
    panel.show(openedBy, view)
    setOpen(true)
  }

  return {
    open,
    close() {
      isWanted = false
      if (!isOpen || !launcher) return
      const focused = element.shadowRoot?.activeElement
      panel.hide()
      setOpen(false)
      if (focused && focused !== launcher) returnFocus(opener, launcher)
    },
    isOpen: () => isOpen
  }
}

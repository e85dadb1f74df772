import type { View } from '../../panel/panel.types.js'
import { openedBy } from './opened-by.js'
import type { PanelControl } from './panel-control.js'
import { keepFocus, openerOf, returnFocus } from './return-focus.js'

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
  /** `act` is what the user did to bring it about. */
  readonly open: (act: Event | undefined, view?: View) => Promise<void>
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

  async function open(act: Event | undefined, view?: View): Promise<void> {
    const means = openedBy(act)
    isWanted = true
    if (!isOpen) opener = openerOf(element, act)
    setBusy(true)
    try {
      await panel.mount()
    } catch {
      if (isWanted && means !== 'script') failed(() => void open(act, view))
      return
    } finally {
      setBusy(false)
    }
    if (!isWanted) return
    panel.show(means, view)
    if (!isOpen && means === 'script' && !navigator.userActivation?.isActive) keepFocus(element, opener)
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

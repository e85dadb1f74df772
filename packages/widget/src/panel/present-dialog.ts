import { lockPage } from './page-lock.js'

/** Shows one `<dialog>` as a card over the page or as a sheet that takes the whole screen. */
export interface Presenter {
  /** Shows it, or puts right what moving it in the document has undone. */
  readonly show: () => void
  readonly hide: () => void
  readonly isSheet: () => boolean
  readonly destroy: () => void
}

/** Narrow, or low and touched: there is no room for a page beside the panel. */
const sheetQuery = '(max-width: 30em), (max-height: 30em) and (pointer: coarse)'

/**
 * The card is a popover: on top of everything, and the page stays usable. The sheet is modal: the page is inert, and the back
 * gesture of Android closes it.
 *
 * @param onDismiss The browser closed the sheet, on Escape or on the back gesture.
 */
export function presentDialog(dialog: HTMLDialogElement, onDismiss: () => void): Presenter {
  const query = matchMedia(sheetQuery)
  let isShown = false
  let unlock: (() => void) | undefined

  dialog.popover = 'manual'

  function takeDown(): void {
    unlock?.()
    unlock = undefined
    if (dialog.open) dialog.close()
    if (dialog.matches(':popover-open')) dialog.hidePopover()
  }

  function putUp(): void {
    if (!isShown || !dialog.isConnected) return
    const focused = focusIn(dialog)
    dialog.dataset['place'] = query.matches ? 'sheet' : 'card'
    if (query.matches && !dialog.matches(':modal')) {
      takeDown()
      dialog.showModal()
      unlock = lockPage()
    } else if (!query.matches && !dialog.matches(':popover-open')) {
      takeDown()
      dialog.showPopover()
    }
    focused?.focus({ preventScroll: true })
  }

  // Arrives late, perhaps after the dialog is open again.
  const onClose = () => {
    if (isShown && !dialog.open && dialog.dataset['place'] === 'sheet') onDismiss()
  }

  query.addEventListener('change', putUp)
  dialog.addEventListener('close', onClose)

  return {
    show() {
      isShown = true
      putUp()
    },
    hide() {
      isShown = false
      takeDown()
    },
    isSheet: () => isShown && dialog.open,
    destroy() {
      isShown = false
      takeDown()
      query.removeEventListener('change', putUp)
      dialog.removeEventListener('close', onClose)
    }
  }
}

function focusIn(dialog: HTMLElement): HTMLElement | null {
  const active = (dialog.getRootNode() as ShadowRoot).activeElement
  return active instanceof HTMLElement && dialog.contains(active) ? active : null
}

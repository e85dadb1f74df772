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
  const stopping = new AbortController()
  let isShown = false
  let takeDown: (() => void) | undefined

  function hide(): void {
    isShown = false
    takeDown?.()
    takeDown = undefined
  }

  function show(): void {
    isShown = true
    if (!dialog.isConnected || dialog.matches(query.matches ? ':modal' : ':popover-open')) return
    const focused = focusIn(dialog)
    // Also after a move in the document: it leaves a modal dialog open without being modal, which cannot be opened again as it is.
    takeDown?.()
    takeDown = query.matches ? putUpSheet(dialog) : putUpCard(dialog)
    focused?.focus({ preventScroll: true })
  }

  // The event arrives late, perhaps after the dialog is open again.
  const onClose = () => isShown && !dialog.open && dialog.dataset['place'] === 'sheet' && onDismiss()

  dialog.popover = 'manual'
  dialog.addEventListener('close', onClose, { signal: stopping.signal })
  query.addEventListener('change', () => isShown && show(), { signal: stopping.signal })

  return {
    show,
    hide,
    isSheet: () => isShown && dialog.open,
    destroy() {
      stopping.abort()
      hide()
    }
  }
}

function putUpSheet(dialog: HTMLDialogElement): () => void {
  dialog.dataset['place'] = 'sheet'
  dialog.showModal()
  const unlock = lockPage()
  return () => {
    unlock()
    dialog.close()
  }
}

function putUpCard(dialog: HTMLDialogElement): () => void {
  dialog.dataset['place'] = 'card'
  // What is shown of a dialog is looked through for something to focus, also where nobody opened it; where the focus goes is for its view to say.
  dialog.inert = true
  dialog.showPopover()
  dialog.inert = false
  return () => dialog.hidePopover()
}

function focusIn(dialog: HTMLElement): HTMLElement | null {
  const active = (dialog.getRootNode() as ShadowRoot).activeElement
  return active instanceof HTMLElement && dialog.contains(active) ? active : null
}

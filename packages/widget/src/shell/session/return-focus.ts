const focusable = 'a[href],button,input,select,textarea,summary,[tabindex]'

/**
 * What led to the opening: the element with the focus, in the page or in our own shadow root, unless it is the page as a whole. Not
 * every browser gives the focus to a button that is clicked; then it is what was clicked.
 */
export function openerOf(host: HTMLElement, act: Event | undefined): HTMLElement | undefined {
  return focusedElement(host) ?? (act?.target instanceof Element ? act.target.closest<HTMLElement>(focusable) : null) ?? undefined
}

function focusedElement(host: HTMLElement): HTMLElement | undefined {
  const outer = document.activeElement
  const focused = outer === host ? host.shadowRoot?.activeElement : outer
  return focused instanceof HTMLElement && focused !== document.body && focused !== document.documentElement ? focused : undefined
}

/** Gives the focus back to what had it when the panel was opened; to the launcher if that is gone or takes none. */
export function returnFocus(opener: HTMLElement | undefined, launcher: HTMLElement | undefined): void {
  for (const target of [opener, launcher]) {
    if (!target?.isConnected) continue
    target.focus({ preventScroll: true })
    if (target.matches(':focus')) return
  }
}

/** Takes the focus back from a panel that opened on nobody's behalf: showing a dialog moves it. Where the page is inert it stays. */
export function keepFocus(host: HTMLElement, owner: HTMLElement | undefined): void {
  const taken = host.shadowRoot?.activeElement
  if (!(taken instanceof HTMLElement) || taken === owner || taken.closest('dialog:modal')) return
  if (owner?.isConnected) owner.focus({ preventScroll: true })
  else taken.blur()
}

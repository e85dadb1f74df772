/** Puts the focus into the next visible part of the page, or the one before; they follow each other in a ring. */
export function stepPane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.checkVisibility?.() ?? true)
  const current = panes.findIndex((pane) => pane.contains(document.activeElement))
  const next = panes[(current + step + panes.length) % panes.length] ?? panes[0]
  entranceOf(next)?.focus()
}

/** Where a part of the page is entered: its field or row, else its first control, else its heading. */
function entranceOf(pane: HTMLElement | undefined): HTMLElement | null | undefined {
  return (
    pane?.querySelector<HTMLElement>('textarea, [data-part="row"][tabindex="0"]') ??
    pane?.querySelector<HTMLElement>('h2[tabindex]') ??
    pane?.querySelector<HTMLElement>('select, [role="switch"], button')
  )
}

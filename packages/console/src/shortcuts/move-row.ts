/** Puts the focus on a row of a list, counted from the one that has it or is open, else on the one that Tab reaches; stops at both ends. */
export function stepRow(list: HTMLElement | null, step: number): void {
  const rows = rowsOf(list)
  const stop = rows.findIndex((row) => row.tabIndex === 0)
  const focused = rows.indexOf(document.activeElement as HTMLElement)
  const start = focused >= 0 ? focused : rows.findIndex((row) => row.getAttribute('aria-current') === 'true')
  const next = start >= 0 ? start + step : stop
  rows[Math.min(rows.length - 1, Math.max(0, next))]?.focus()
}

/** Arrow keys, Home and End inside a list. */
export function moveRow(event: KeyboardEvent, list: HTMLElement | null): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  const rows = rowsOf(list)
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }
  const step = steps[event.key]
  if (step === undefined) return
  event.preventDefault()
  stepRow(list, step)
}

function rowsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[data-part="row"]') ?? [])]
}

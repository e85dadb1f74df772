/** Puts a plain link into the place of the launcher. */
export function leadAway(launcher: HTMLElement, href: string): void {
  const link = document.createElement('a')
  link.part = 'launcher'
  link.href = href
  link.ariaLabel = launcher.ariaLabel
  launcher.replaceWith(link)
}

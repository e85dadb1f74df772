/**
 * Keeps the page behind the sheet from scrolling: a modal dialog alone does not. A style sheet of our own leaves no trace on the
 * page's elements when it goes, and nothing moves while it is there: the body keeps the overflow that it has in effect, and the
 * scrollbar its room.
 *
 * @returns Gives the page back, at the place where it was.
 */
export function lockPage(): () => void {
  const { documentElement: root, body } = document
  const { scrollX, scrollY } = window
  // The overflow of the body counts for the window as long as the root has none of its own.
  const isOfBody = getComputedStyle(root).overflow !== 'visible' && body && getComputedStyle(body).overflow !== 'visible'
  const gutter = innerWidth > root.clientWidth ? 'scrollbar-gutter:stable!important' : ''
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`html{overflow:hidden!important;${gutter}}body{overflow:${isOfBody ? 'hidden' : 'visible'}!important}`)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet)
    if (window.scrollX !== scrollX || window.scrollY !== scrollY) window.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' })
  }
}

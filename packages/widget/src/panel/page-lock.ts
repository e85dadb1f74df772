/**
 * Keeps the page behind the sheet from scrolling: a modal dialog alone does not. A style sheet of our own leaves no trace on the
 * page's elements when it goes.
 *
 * @returns Gives the page back, at the place where it was.
 */
export function lockPage(): () => void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('html,body{overflow:hidden!important}')
  const { scrollX, scrollY } = window
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet)
    if (window.scrollX !== scrollX || window.scrollY !== scrollY) window.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' })
  }
}

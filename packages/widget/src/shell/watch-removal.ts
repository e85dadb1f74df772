/**
 * Tells an element that the page took it out of the document. The script tag's element hears that by itself; one that the browser
 * knows no definition of does not. Returns its stop.
 */
export function watchRemoval(element: HTMLElement, removed: () => void): () => void {
  let root: Element | undefined
  const observer = new MutationObserver(look)

  function look(): void {
    if (!element.isConnected) removed()
    if (root === document.documentElement) return
    root = document.documentElement
    // One observer on the root misses that it was replaced, one on the document misses what happens inside the root.
    observer.disconnect()
    observer.observe(document, { childList: true })
    observer.observe(root, { childList: true })
  }

  look()
  return () => observer.disconnect()
}

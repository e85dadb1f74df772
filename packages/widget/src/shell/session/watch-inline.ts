/** How far from the window's edge the panel's code is fetched, and the light asked for. */
const nearMargin = '300px'

/** Calls with whether the element is near the window, at once and at every change. */
export function watchNear(element: HTMLElement, signal: AbortSignal, changed: (isNear: boolean) => void): void {
  const observer = new IntersectionObserver((entries) => changed(entries.some(({ isIntersecting }) => isIntersecting)), { rootMargin: nearMargin })
  observer.observe(element)
  signal.addEventListener('abort', () => observer.disconnect())
}

/** Calls once the page has nothing else to do. */
export function whenIdle(signal: AbortSignal, isIdle: () => void): void {
  const wait = window.requestIdleCallback ?? setTimeout
  wait(() => signal.aborted || isIdle())
}

/** Calls at the first touch or focus in what the panel draws, not in what the page wrote. */
export function whenEngaged(element: HTMLElement, signal: AbortSignal, engage: () => void): void {
  const heard = new AbortController()
  const first = () => {
    if (!element.shadowRoot) return
    heard.abort()
    engage()
  }
  for (const type of ['focusin', 'pointerdown']) element.addEventListener(type, first, { signal: heard.signal })
  signal.addEventListener('abort', () => heard.abort())
}

/** Calls after options were changed, by the page or by `update`. */
export function observeAttributes(element: HTMLElement, signal: AbortSignal, changed: () => void): void {
  const observer = new MutationObserver(changed)
  observer.observe(element, { attributes: true, attributeFilter: ['locale', 'color', 'scheme', 'privacy', 'consent'] })
  signal.addEventListener('abort', () => observer.disconnect())
}

/** How far from the window's edge the panel's code is fetched. */
const nearMargin = '300px'

/** Calls once the element comes near the window. */
export function whenNear(element: HTMLElement, signal: AbortSignal, isNear: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      observer.disconnect()
      isNear()
    },
    { rootMargin: nearMargin }
  )
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

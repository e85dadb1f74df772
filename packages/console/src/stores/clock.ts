import { atom, onMount, type ReadableAtom } from 'nanostores'

/** How often waiting times are written anew. They count minutes; what becomes late is seen to be so within this. */
const tickMs = 10_000

/** The time of day in milliseconds since 1970, moving on while somebody watches it and the page is visible. */
export function createClock(now: () => number = Date.now): ReadableAtom<number> {
  const $now = atom(now())
  onMount($now, () => {
    const tick = (): void => {
      if (document.visibilityState === 'visible') $now.set(now())
    }
    tick()
    const timer = setInterval(tick, tickMs)
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
    }
  })
  return $now
}

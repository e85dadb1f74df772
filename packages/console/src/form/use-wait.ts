import { useEffect, useState } from 'preact/hooks'

const tickMs = 1_000

/** Counts a wait down, in whole seconds; 0 when it is over. Starting again replaces what was left. */
export function useWait(): { readonly leftSeconds: number; readonly start: (durationMs: number) => void } {
  const [until, setUntil] = useState(0)
  const [now, setNow] = useState(0)
  const leftMs = Math.max(0, until - now)
  useEffect(() => {
    if (leftMs === 0) return
    const timer = setTimeout(() => setNow(performance.now()), Math.min(leftMs, tickMs))
    return () => clearTimeout(timer)
  }, [leftMs])
  return {
    leftSeconds: Math.ceil(leftMs / 1_000),
    start: (durationMs) => {
      const start = performance.now()
      setNow(start)
      setUntil(start + durationMs)
    }
  }
}

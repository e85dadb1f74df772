import { useEffect, useState } from 'preact/hooks'

/** Turns true when a condition has held for a while; what mends itself sooner is never shown. */
export function useDelayed(holds: boolean, delayMs: number): boolean {
  const [hasHeld, setHasHeld] = useState(false)
  useEffect(() => {
    setHasHeld(false)
    if (!holds) return
    const timer = setTimeout(() => setHasHeld(true), delayMs)
    return () => clearTimeout(timer)
  }, [holds, delayMs])
  return holds && hasHeld
}

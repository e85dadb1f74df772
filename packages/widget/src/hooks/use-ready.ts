import { useEffect, useState } from 'preact/hooks'
import type { Opening } from '../panel/panel-context.js'

/** Longest time that the first view waits for a fresh answer; then the last known one has to do. */
const waitMs = 1_000

/** Whether the answer about availability that this opening asked for is there, or has taken too long. */
export function useReady(opening: Opening | null): boolean {
  const [ready, setReady] = useState<Opening | null>(null)
  useEffect(() => {
    if (!opening) return
    const settle = () => setReady(opening)
    const timer = setTimeout(settle, waitMs)
    opening.ready.then(settle, settle)
    return () => clearTimeout(timer)
  }, [opening])
  return opening !== null && ready === opening
}

import type { ReadableAtom } from 'nanostores'
import type { QueueView, QueueWaits } from '../chat.types.js'
import type { Hub } from '../connection/hub.js'
import { createStore } from '../store.js'

/** Whoever is told so much, or more, is offered the form at once. */
const longMs = 900_000

/** The visitor's place in line, and how long he has waited there. */
export interface QueueKeeper {
  readonly $queue: ReadableAtom<QueueView | null>
  readonly keepWaiting: () => void
}

/** Watches the place, and how it becomes a long wait. */
export function createQueue({ env, $place }: Pick<Hub, 'env' | '$place'>, { reassureMs = 60_000, offerMs = 180_000 }: QueueWaits = {}): QueueKeeper {
  const $queue = createStore<QueueView | null>(null)
  /** When the visitor last chose to wait on, and in which wait: a lost connection ends none. */
  let kept: { readonly at: number; readonly since: number } | undefined
  let stop: (() => void) | undefined

  const refresh = () => {
    stop?.()
    const place = $place.get()
    if (!place) return $queue.set(null)
    const { estimateMs = null, since } = place
    const keptAt = kept?.since === since ? kept.at : undefined
    const now = env.now()
    const isToldLong = keptAt === undefined && (estimateMs ?? 0) >= longMs
    const next = [since + reassureMs, (keptAt ?? since) + offerMs].filter((at) => at > now)
    if (next.length > 0) stop = env.setTimer(refresh, Math.min(...next) - now)
    const isOffered = isToldLong || now >= (keptAt ?? since) + offerMs
    $queue.set({ ...place, estimateMs, stage: isOffered ? 'offered' : now >= since + reassureMs ? 'reassured' : 'waiting' })
  }
  $place.listen(refresh)

  return {
    $queue,
    keepWaiting: () => {
      const place = $place.get()
      if (place) kept = { at: env.now(), since: place.since }
      refresh()
    }
  }
}

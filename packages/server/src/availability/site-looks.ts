import type { Clock } from '../clock.js'
import { isGoingDown, isSameView, type View } from './compute.js'
import type { PublishedAnswers } from './published-answers.js'

/** What looking works with. */
export interface SiteLooksOptions {
  readonly clock: Clock
  readonly answers: Pick<PublishedAnswers, 'viewOf' | 'publish'>
  /** Finds out what holds on a site now. */
  readonly look: (site: string) => Promise<View>
  /** Going down is published this late, so that several changes are one. */
  readonly downDelayMs: number
  readonly onFault: (error: unknown) => void
}

/** Looks at sites and publishes what has changed. */
export interface SiteLooks {
  /** One look at a time for each site, in the order of their causes. Resolves when what it found is published, or waits. */
  readonly refresh: (site: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** Makes the looks at all sites. */
export function createSiteLooks({ clock, answers, look, downDelayMs, onFault }: SiteLooksOptions): SiteLooks {
  const running = new Map<string, Promise<void>>()
  const downTimers = new Map<string, () => void>()
  let isClosed = false

  function refresh(site: string, isDownDue = false): Promise<void> {
    if (isClosed) return Promise.resolve()
    const next = (running.get(site) ?? Promise.resolve()).then(() => settle(site, isDownDue)).catch(onFault)
    running.set(site, next)
    return next
  }

  async function settle(site: string, isDownDue: boolean): Promise<void> {
    const next = await look(site)
    const view = answers.viewOf(site)
    const isSame = isSameView(view, next)
    if (!isSame && !isDownDue && isGoingDown(view, next)) return waitForDown(site)
    downTimers.get(site)?.()
    downTimers.delete(site)
    if (!isSame) await answers.publish(site, next)
  }

  /** The first thing that goes down sets the time; what comes before it is published with it. */
  function waitForDown(site: string): void {
    if (downTimers.has(site) || isClosed) return
    const stop = clock.setTimer(() => {
      downTimers.delete(site)
      void refresh(site, true)
    }, downDelayMs)
    downTimers.set(site, stop)
  }

  return {
    refresh: (site) => refresh(site),
    close: async () => {
      isClosed = true
      for (const stop of downTimers.values()) stop()
      await Promise.all(running.values())
    }
  }
}

import type { Clock } from '../clock.js'
import { isGoingDown, isSameView, type View } from './compute.js'
import type { ByPart, PublishedAnswers } from './published-answers.js'

/** What looking works with. */
export interface SiteLooksOptions {
  readonly clock: Clock
  readonly answers: Pick<PublishedAnswers, 'viewOf' | 'publish' | 'keepOnly'>
  /** Finds out what holds now on a site and in each of its departments. */
  readonly look: (site: string) => Promise<ByPart<View>>
  /** Going down is published this late, so that several changes are one. */
  readonly downDelayMs: number
  readonly onFault: (error: unknown) => void
}

/** Looks at sites and publishes what has changed. */
export interface SiteLooks {
  /** One look at a time for each site, in the order of their causes. Resolves when what it found is published, or waits. */
  readonly refresh: (site: string) => Promise<void>
  /** What an owner has changed is published whatever it changes, and at once. */
  readonly renew: (site: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** Whether an answer of a department, or of the whole site, which is null, is published although it did not change, or goes down. */
interface Due {
  readonly isAnew: boolean
  readonly isDown: (department: string | null) => boolean
}

const changesOnly: Due = { isAnew: false, isDown: () => false }
const everything: Due = { isAnew: true, isDown: () => true }

/** Makes the looks at all sites. */
export function createSiteLooks({ clock, answers, look, downDelayMs, onFault }: SiteLooksOptions): SiteLooks {
  const running = new Map<string, Promise<void>>()
  const downTimers = new Map<string, () => void>()
  let isClosed = false

  function refresh(site: string, due: Due): Promise<void> {
    if (isClosed) return Promise.resolve()
    const next = (running.get(site) ?? Promise.resolve()).then(() => settle(site, due)).catch(onFault)
    running.set(site, next)
    return next
  }

  async function settle(site: string, due: Due): Promise<void> {
    const found = await look(site)
    answers.keepOnly(site, found)
    await answers.publish(site, new Map([...found].filter(([department, view]) => isToPublish(site, department, { view, due }))))
  }

  function isToPublish(site: string, department: string | null, { view: next, due }: { readonly view: View; readonly due: Due }): boolean {
    const view = answers.viewOf(site, department)
    const isSame = view !== undefined && isSameView(view, next)
    if (view && !isSame && !due.isDown(department) && isGoingDown(view, next)) {
      waitForDown(site, department)
      return false
    }
    const key = timerKey(site, department)
    downTimers.get(key)?.()
    downTimers.delete(key)
    return !isSame || due.isAnew
  }

  /** The first thing that goes down sets the time; what comes before it is published with it. */
  function waitForDown(site: string, department: string | null): void {
    const key = timerKey(site, department)
    if (downTimers.has(key) || isClosed) return
    const stop = clock.setTimer(() => {
      downTimers.delete(key)
      void refresh(site, { isAnew: false, isDown: (other) => other === department })
    }, downDelayMs)
    downTimers.set(key, stop)
  }

  return {
    refresh: (site) => refresh(site, changesOnly),
    renew: (site) => refresh(site, everything),
    close: async () => {
      isClosed = true
      for (const stop of downTimers.values()) stop()
      await Promise.all(running.values())
    }
  }
}

function timerKey(site: string, department: string | null): string {
  return `${site} ${department ?? ''}`
}

import type { Env } from '../env/env.js'

/** How long a page that nobody sees keeps its connection … */
const hiddenMs = 300_000
/** … and on a device whose battery is small. */
const hiddenTouchMs = 60_000

/** What a page lets go of while nobody sees it. */
export interface RestOptions {
  readonly env: Env
  /** One hidden page of this browser, whoever has this lock, stays connected and counts what is unread. */
  readonly lockName: string
  /** A connection is wanted, and nothing waits to go out on it. */
  readonly mayRest: () => boolean
  readonly rest: () => void
  /** Has the connection again, if it was let go. */
  readonly resume: () => void
}

/** Lets go of the connection when the page was hidden for a while; where there are no locks, in every page. */
export function restWhileHidden({ env, lockName, mayRest, rest, resume }: RestOptions): void {
  let stop: (() => void) | undefined
  let release: (() => void) | undefined
  let round = 0

  const end = () => {
    round++
    stop?.()
    release?.()
    stop = release = undefined
  }
  const wait = () => {
    stop = env.setTimer(() => void decide(), env.isTouch?.() ? hiddenTouchMs : hiddenMs)
  }
  const decide = async () => {
    if (!mayRest()) return wait()
    const mine = round
    const got = await env.lock?.(lockName, 0)
    if (mine !== round) return got?.()
    release = got
    // The page that had the lock may have gone since this one let go of its connection.
    if (got) return resume()
    rest()
    // The lock may be had later; and a text that is sent from here connects again.
    wait()
  }

  if (!env.isVisible()) wait()
  env.onHide((isLeaving) => {
    end()
    // A lock that is held may keep a page out of the back/forward cache.
    if (!isLeaving) wait()
  })
  env.onWake(() => {
    if (env.isVisible()) end()
  })
}

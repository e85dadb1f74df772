import type { ReadableAtom } from 'nanostores'
import type { SessionState } from '../stores/session.js'
import type { HoursValues } from './hours-values.js'

/** Hours that were typed and are not saved, by site: what ends a session or closes a dialog takes none of it away. They live as long as the page. */
export interface HoursDrafts {
  readonly get: (site: string) => HoursValues | undefined
  readonly keep: (site: string, values: HoursValues) => void
  readonly drop: (site: string) => void
  readonly stop: () => void
}

/** Drafts of whoever is signed in. They are gone once he signs out, and nobody else sees them. */
export function createHoursDrafts($session: ReadableAtom<SessionState>): HoursDrafts {
  const drafts = new Map<string, HoursValues>()
  let owner: string | null = null
  const stop = $session.subscribe((session) => {
    const isLeft = session.state === 'signed-out' && session.reason === 'left'
    const isOther = session.state === 'signed-in' && owner !== null && session.me.id !== owner
    if (isLeft || isOther) drafts.clear()
    if (session.state === 'signed-in') owner = session.me.id
  })
  return {
    get: (site) => drafts.get(site),
    keep: (site, values) => void drafts.set(site, values),
    drop: (site) => void drafts.delete(site),
    stop
  }
}

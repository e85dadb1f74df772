import type { ReadableAtom } from 'nanostores'
import type { HoursValues } from '../hours/hours-values.js'
import type { SessionState } from '../stores/session.js'
import type { ChatsValues } from './chats-values.js'
import type { DepartmentsValues } from './departments-values.js'
import type { RequestFormValues } from './request-form-values.js'
import type { WordsValues } from './words-values.js'

/** What stands in the fields of each part of a site's settings. */
export interface PartValues {
  readonly hours: HoursValues
  readonly chats: ChatsValues
  readonly departments: DepartmentsValues
  readonly words: WordsValues
  readonly requestForm: RequestFormValues
}

/** One part of a site's settings. It is saved by itself. */
export type PartName = keyof PartValues

/** Settings that were typed and are not saved, by site and part: what ends a session or closes a dialog takes none of them away. They live as long as the page. */
export interface SettingsDrafts {
  readonly get: <P extends PartName>(site: string, part: P) => PartValues[P] | undefined
  readonly keep: <P extends PartName>(site: string, part: P, values: PartValues[P]) => void
  readonly drop: (site: string, part: PartName) => void
  readonly dropAll: (site: string) => void
  readonly stop: () => void
}

/** Drafts of whoever is signed in. They are gone once he signs out, and nobody else sees them. */
export function createSettingsDrafts($session: ReadableAtom<SessionState>): SettingsDrafts {
  const drafts = new Map<string, Partial<PartValues>>()
  let owner: string | null = null
  const stop = $session.subscribe((session) => {
    const isLeft = session.state === 'signed-out' && session.reason === 'left'
    const isOther = session.state === 'signed-in' && owner !== null && session.me.id !== owner
    if (isLeft || isOther) drafts.clear()
    if (session.state === 'signed-in') owner = session.me.id
  })
  return {
    get: (site, part) => drafts.get(site)?.[part],
    keep: (site, part, values) => void drafts.set(site, { ...drafts.get(site), [part]: values }),
    drop: (site, part) => {
      const { [part]: _dropped, ...others } = drafts.get(site) ?? {}
      drafts.set(site, others)
    },
    dropAll: (site) => void drafts.delete(site),
    stop
  }
}

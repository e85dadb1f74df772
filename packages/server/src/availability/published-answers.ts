import type { Clock } from '../clock.js'
import type { Db } from '../store/database.js'
import type { AvailabilityService, KnownAvailability } from './availability.types.js'
import type { View } from './compute.js'

/** What publishing works with. */
export interface PublishedAnswersOptions {
  readonly db: Db
  readonly clock: Clock
  readonly onFault: (error: unknown) => void
}

/** A published answer and what stands behind it. */
export interface PublishedAnswer {
  readonly availability: KnownAvailability
  readonly view: View
}

/** Something of each part of a site: of the whole, which is null, and of its departments. */
export type ByPart<T> = ReadonlyMap<string | null, T>

/** What each site and each of its departments was told last. */
export interface PublishedAnswers extends Pick<AvailabilityService, 'get' | 'forVisitor' | 'onChange'> {
  /** Undefined where nothing was told yet. */
  readonly viewOf: (site: string, department: string | null) => View | undefined
  /** Goes on from what the run before has published. */
  readonly restore: (site: string, answers: ByPart<PublishedAnswer>) => void
  /** Keeps new answers and tells them together. A disk that fails does not keep visitors from hearing them. */
  readonly publish: (site: string, views: ByPart<View>) => Promise<void>
  /** Departments that a site has no more have no answer any more: those who were told it are told the site's. */
  readonly keepOnly: (site: string, parts: Pick<ByPart<unknown>, 'has'>) => void
}

const nobody: PublishedAnswer = {
  availability: { rev: 0, state: 'offline', reason: 'no_agents' },
  view: { answer: { state: 'offline', reason: 'no_agents' }, inChat: new Set() }
}

/** Makes an empty set of answers: nobody is home. */
export function createPublishedAnswers({ db, clock, onFault }: PublishedAnswersOptions): PublishedAnswers {
  const sites = new Map<string, Map<string | null, PublishedAnswer>>()
  const listeners = new Set<(site: string) => void>()

  function answersOf(site: string): Map<string | null, PublishedAnswer> {
    const known = sites.get(site) ?? new Map([[null, nobody]])
    sites.set(site, known)
    return known
  }

  /** A department that was told nothing yet, or that there is not, is the whole site. */
  function answerOf(site: string, department: string | null): PublishedAnswer {
    const answers = sites.get(site)
    return answers?.get(department) ?? answers?.get(null) ?? nobody
  }

  function tell(site: string): void {
    for (const listener of listeners) listener(site)
  }

  return {
    get: (site, department = null) => answerOf(site, department).availability,
    forVisitor: (site, visitorId, department = null) => {
      const { availability, view } = answerOf(site, department)
      if (availability.state === 'online' || !view.inChat.has(visitorId)) return availability
      return { rev: availability.rev, state: 'online', reason: 'available' }
    },
    viewOf: (site, department) => answersOf(site).get(department)?.view,
    restore: (site, answers) => {
      for (const [department, answer] of answers) answersOf(site).set(department, answer)
    },
    publish: async (site, views) => {
      if (views.size === 0) return
      const published = [...views].map(([department, view]) => {
        // Not a mere count: what the disk did not take, or a restored copy does not know, was told all the same.
        const rev = Math.max(answerOf(site, department).availability.rev + 1, clock.now())
        return { department, view, availability: { ...view.answer, rev } }
      })
      const answers = published.map(({ department, availability }) => ({ department, availability }))
      await db.write('availability.keep', { site, answers }, clock.now()).catch(onFault)
      for (const { department, view, availability } of published) answersOf(site).set(department, { availability, view })
      tell(site)
    },
    keepOnly: (site, parts) => {
      const answers = answersOf(site)
      const gone = [...answers.keys()].filter((department) => !parts.has(department))
      for (const department of gone) answers.delete(department)
      if (gone.length > 0) tell(site)
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    }
  }
}

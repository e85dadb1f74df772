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

/** The published answer of one site and what stands behind it. */
export interface PublishedAnswer {
  readonly availability: KnownAvailability
  readonly view: View
}

/** What each site was told last. */
export interface PublishedAnswers extends Pick<AvailabilityService, 'get' | 'forVisitor' | 'onChange'> {
  readonly viewOf: (site: string) => View
  /** Goes on from what the run before has published. */
  readonly restore: (site: string, answer: PublishedAnswer) => void
  /** Keeps a new answer and tells it. A disk that fails does not keep visitors from hearing it. */
  readonly publish: (site: string, view: View) => Promise<void>
}

const nobody: PublishedAnswer = {
  availability: { rev: 0, state: 'offline', reason: 'no_agents' },
  view: { answer: { state: 'offline', reason: 'no_agents' }, inChat: new Set() }
}

/** Makes an empty set of answers: nobody is home. */
export function createPublishedAnswers({ db, clock, onFault }: PublishedAnswersOptions): PublishedAnswers {
  const answers = new Map<string, PublishedAnswer>()
  const listeners = new Set<(site: string) => void>()
  const answerOf = (site: string): PublishedAnswer => answers.get(site) ?? nobody

  return {
    get: (site) => answerOf(site).availability,
    forVisitor: (site, visitorId) => {
      const { availability, view } = answerOf(site)
      if (availability.state === 'online' || !view.inChat.has(visitorId)) return availability
      return { rev: availability.rev, state: 'online', reason: 'available' }
    },
    viewOf: (site) => answerOf(site).view,
    restore: (site, answer) => void answers.set(site, answer),
    publish: async (site, view) => {
      // Not a mere count: what the disk did not take, or a restored copy does not know, was told all the same.
      const rev = Math.max(answerOf(site).availability.rev + 1, clock.now())
      const availability = { ...view.answer, rev }
      await db.write('availability.keep', { site, answer: availability }, clock.now()).catch(onFault)
      answers.set(site, { availability, view })
      for (const listener of listeners) listener(site)
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    }
  }
}

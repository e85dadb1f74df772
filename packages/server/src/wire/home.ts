import type { AvailabilityService, KnownAvailability } from '../availability/availability.types.js'
import type { Subject } from '../chat/subject.js'

/** What telling one connection who is home works with. */
export interface HomeOptions {
  readonly availability: Pick<AvailabilityService, 'get' | 'forVisitor'>
  readonly subject: Subject
  /** As the connection's `hello` names it. */
  readonly department: string | undefined
}

/** Who is home for one connection: of the department of its visitor's conversation, or as long as he has none, of the one that his page names. */
export interface Home {
  /** What holds now, which counts as told. */
  readonly now: () => KnownAvailability
  /** The same where it is another than what was told last. */
  readonly news: () => KnownAvailability | undefined
  /** The newest conversation is of this department, as far as was read; what was heard of it meanwhile is newer. */
  readonly startAt: (department: string | null) => void
  /** The newest conversation is of this department from now on. */
  readonly moveTo: (department: string | null) => void
}

/** Nothing told yet. */
export function createHome({ availability, subject, department: named }: HomeOptions): Home {
  const { kind, site, id } = subject
  let department = named ?? null
  let isMoved = false
  let told: { readonly found: KnownAvailability; readonly answer: KnownAvailability } | undefined

  function look(): KnownAvailability {
    return kind === 'visitor' ? availability.forVisitor(site, id, department) : availability.get(site)
  }

  /** Each department counts for itself: the other one's newest word may have an older revision, and would be ignored. */
  function tell(found: KnownAvailability): KnownAvailability {
    const rev = told && found.rev <= told.answer.rev ? told.answer.rev + 1 : found.rev
    const answer = { ...found, rev }
    told = { found, answer }
    return answer
  }

  function news(): KnownAvailability | undefined {
    const found = look()
    return told && isSame(told.found, found) ? undefined : tell(found)
  }

  return {
    news,
    now: () => news() ?? (told as { readonly answer: KnownAvailability }).answer,
    startAt: (next) => {
      if (!isMoved) department = next
    },
    moveTo: (next) => {
      isMoved = true
      department = next
    }
  }
}

function isSame(a: KnownAvailability, b: KnownAvailability): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

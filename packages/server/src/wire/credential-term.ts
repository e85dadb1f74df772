import type { Clock } from '../clock.js'

/** The client is warned this long before its credential ends … */
const warnBeforeMs = 60_000
/** … is served this long after it, … */
const graceMs = 30_000
/** … and then refused for this long, in which it may still bring a good one, before the connection ends. */
const refusedMs = 10_000
/** So long after its end a credential may still be renewed, on a connection that stands. */
export const renewableMs: number = graceMs + refusedMs
/** Longest single wait: timers take no more than 2^31 milliseconds. */
const waitMaxMs = 86_400_000

/** Options of {@link startCredentialTerm}. */
export interface CredentialTermOptions {
  readonly clock: Clock
  /** When the credential ends; undefined: what ends it ends its connections. */
  readonly expiresAt: number | undefined
  /** It ends in that many milliseconds. */
  readonly onNear: (leftMs: number) => void
  /** Nobody renewed it. */
  readonly onOver: () => void
}

/** How long a connection's credential is good, while the connection stands. */
export interface CredentialTerm {
  /** Whether what is asked for under it is refused. */
  readonly isOver: () => boolean
  readonly prolong: (expiresAt: number) => void
  readonly stop: () => void
}

/** Follows a credential to its end. */
export function startCredentialTerm({ clock, expiresAt, onNear, onOver }: CredentialTermOptions): CredentialTerm {
  let endsAt = expiresAt ?? Number.POSITIVE_INFINITY
  let isWarned = false
  let stop: () => void = () => {}

  function wait(): void {
    stop()
    if (endsAt === Number.POSITIVE_INFINITY) return
    const next = [endsAt - warnBeforeMs, endsAt + renewableMs].find((at) => at > clock.now())
    if (next === undefined) onOver()
    else stop = clock.setTimer(look, Math.min(waitMaxMs, next - clock.now()))
  }

  function look(): void {
    const leftMs = endsAt - clock.now()
    if (!isWarned && leftMs > 0 && leftMs <= warnBeforeMs) {
      isWarned = true
      onNear(leftMs)
    }
    wait()
  }

  look()
  return {
    isOver: () => clock.now() >= endsAt + graceMs,
    prolong: (next) => {
      endsAt = next
      isWarned = false
      look()
    },
    stop: () => stop()
  }
}

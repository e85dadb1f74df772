import { ChatError } from '@porchlight/protocol'
import type { Clock } from '../clock.js'

/** Where a sign-in comes from and whom it is for. */
interface SignInAttempt {
  /** As typed; the account need not exist. */
  readonly email: string
  /** Key of the caller's address; null for one that is not counted. */
  readonly address: string | null
}

/** An attempt under way. */
interface CountedAttempt {
  /** The password was right: the account and the address start afresh. */
  readonly succeeded: () => void
  /** The password was never looked at: this attempt does not count. */
  readonly withdrawn: () => void
}

/** Slows guessing down, the same for accounts that exist and for those that do not. */
export interface SignInThrottle {
  /**
   * Counts one attempt as failed until it succeeds, so that attempts made at the same time count too.
   *
   * @throws {ChatError} `rate_limited` while the account or the address must wait.
   */
  readonly attempt: (attempt: SignInAttempt) => CountedAttempt
}

const minuteMs = 60_000
/** Failures of one account within five minutes before it has to wait, and of one address within fifteen. */
const account = { failures: 5, windowMs: 5 * minuteMs }
const address = { failures: 20, windowMs: 15 * minuteMs }
/** The first wait of an account; each further failure doubles it. No account is locked for good. */
const firstDelayMs = 30_000
const longestDelayMs = 15 * minuteMs
/** Names that were never seen again are forgotten from here on, oldest first. */
const maxKeys = 20_000

/** Failures by their instants, oldest first. */
interface Count {
  failures: number[]
  delayMs: number
  blockedUntil: number
}

/** A throttle that keeps its counts in memory: a restart forgives, which costs an attacker more than it gives. */
export function createSignInThrottle(clock: Clock): SignInThrottle {
  const accounts = new Map<string, Count>()
  const addresses = new Map<string, Count>()

  return {
    attempt({ email, address: from }) {
      const now = clock.now()
      const accountKey = email.trim().toLowerCase()
      const ofAccount = recordOf(accounts, accountKey, now, account.windowMs)
      const ofAddress = from === null ? null : recordOf(addresses, from, now, address.windowMs)
      refuseWhileBlocked(now, ofAccount.blockedUntil)
      if (ofAddress) refuseWhileBlocked(now, ofAddress.blockedUntil)

      ofAccount.failures.push(now)
      if (ofAccount.failures.length >= account.failures) delay(ofAccount, now)
      if (ofAddress) countAddress(ofAddress, now)
      return {
        succeeded() {
          accounts.delete(accountKey)
          if (ofAddress) forget(ofAddress, now, address.failures)
        },
        withdrawn() {
          forget(ofAccount, now, account.failures)
          if (ofAddress) forget(ofAddress, now, address.failures)
        }
      }
    }
  }
}

/** The record of a key without what is too old to count; moved to the end, so that the oldest stands first. */
function recordOf(records: Map<string, Count>, key: string, now: number, windowMs: number): Count {
  const count = records.get(key) ?? { failures: [], delayMs: 0, blockedUntil: 0 }
  count.failures = count.failures.filter((at) => at > now - windowMs)
  if (now - count.blockedUntil > longestDelayMs * 2) count.delayMs = 0
  records.delete(key)
  records.set(key, count)
  const oldest = records.keys().next()
  if (records.size > maxKeys && !oldest.done) records.delete(oldest.value)
  return count
}

function delay(count: Count, now: number): void {
  count.delayMs = Math.min(longestDelayMs, count.delayMs === 0 ? firstDelayMs : count.delayMs * 2)
  count.blockedUntil = now + count.delayMs
}

function countAddress(count: Count, now: number): void {
  count.failures.push(now)
  const oldest = count.failures[0]
  if (count.failures.length >= address.failures && oldest !== undefined) count.blockedUntil = oldest + address.windowMs
}

function forget(count: Count, at: number, maxFailures: number): void {
  const index = count.failures.indexOf(at)
  if (index >= 0) count.failures.splice(index, 1)
  if (count.failures.length < maxFailures) count.blockedUntil = 0
}

function refuseWhileBlocked(now: number, blockedUntil: number): void {
  if (blockedUntil > now) throw new ChatError('rate_limited', 'too many failed sign-ins', { afterMs: blockedUntil - now })
}

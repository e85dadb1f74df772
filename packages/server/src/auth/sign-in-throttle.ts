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
  /** The password was right: the account starts afresh at this address, which counts as one of its own from now on. */
  readonly succeeded: () => void
  /** The password was never looked at: this attempt does not count. */
  readonly withdrawn: () => void
}

/** Slows guessing down, the same for accounts that exist and for those that do not. */
export interface SignInThrottle {
  /**
   * Counts one attempt as failed until it succeeds, so that attempts made at the same time count too.
   *
   * @throws {ChatError} `rate_limited` while this account at this address, the account at addresses it was never used from, or the
   * address must wait.
   */
  readonly attempt: (attempt: SignInAttempt) => CountedAttempt
}

/** So many failures in so long before something has to wait. */
interface Rule {
  readonly failures: number
  readonly windowMs: number
}

const minuteMs = 60_000
/** One account at one address. Whoever guesses somewhere else does not hold up its owner. */
const pairRule: Rule = { failures: 5, windowMs: 5 * minuteMs }
/** One account at all addresses: guessing from many of them at once. It holds nobody up where he has signed in before. */
const accountRule: Rule = { failures: 50, windowMs: 15 * minuteMs }
/** One address, whatever accounts it tries. */
const addressRule: Rule = { failures: 20, windowMs: 15 * minuteMs }
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

/** What one attempt is counted in. */
interface Records {
  readonly pair: Count
  readonly account: Count
  readonly address: Count | null
}

/** A throttle that keeps its counts in memory: a restart forgives, which costs an attacker more than it gives. */
export function createSignInThrottle(clock: Clock): SignInThrottle {
  const pairs = new Map<string, Count>()
  const accounts = new Map<string, Count>()
  const addresses = new Map<string, Count>()
  /** Where an account was signed in from. */
  const ownPlaces = new Map<string, true>()

  return {
    attempt({ email, address }) {
      const now = clock.now()
      const accountKey = email.trim().toLowerCase()
      const pairKey = `${accountKey}\n${address ?? ''}`
      const records: Records = {
        pair: recordOf(pairs, pairKey, { now, rule: pairRule }),
        account: recordOf(accounts, accountKey, { now, rule: accountRule }),
        address: address === null ? null : recordOf(addresses, address, { now, rule: addressRule })
      }
      refuseWhileBlocked(now, records.pair.blockedUntil)
      if (!ownPlaces.has(pairKey)) refuseWhileBlocked(now, records.account.blockedUntil)
      if (records.address) refuseWhileBlocked(now, records.address.blockedUntil)
      countFailure(records, now)
      return {
        succeeded() {
          forgetFailure(records, now)
          pairs.delete(pairKey)
          remember(ownPlaces, pairKey, true)
        },
        withdrawn: () => forgetFailure(records, now)
      }
    }
  }
}

/** Puts an entry last, so that the oldest stands first and is the first to go. */
function remember<T>(entries: Map<string, T>, key: string, value: T): void {
  entries.delete(key)
  entries.set(key, value)
  const oldest = entries.keys().next()
  if (entries.size > maxKeys && !oldest.done) entries.delete(oldest.value)
}

/** The record of a key, without what is too old to count. */
function recordOf(records: Map<string, Count>, key: string, { now, rule }: { readonly now: number; readonly rule: Rule }): Count {
  const count = records.get(key) ?? { failures: [], delayMs: 0, blockedUntil: 0 }
  count.failures = count.failures.filter((at) => at > now - rule.windowMs)
  if (now - count.blockedUntil > longestDelayMs * 2) count.delayMs = 0
  remember(records, key, count)
  return count
}

function countFailure({ pair, account, address }: Records, now: number): void {
  for (const [count, rule] of [[pair, pairRule] as const, [account, accountRule] as const]) {
    count.failures.push(now)
    if (count.failures.length >= rule.failures) delay(count, now)
  }
  if (address) countAddress(address, now)
}

function delay(count: Count, now: number): void {
  count.delayMs = Math.min(longestDelayMs, count.delayMs === 0 ? firstDelayMs : count.delayMs * 2)
  count.blockedUntil = now + count.delayMs
}

function countAddress(count: Count, now: number): void {
  count.failures.push(now)
  const oldest = count.failures[0]
  if (count.failures.length >= addressRule.failures && oldest !== undefined) count.blockedUntil = oldest + addressRule.windowMs
}

function forgetFailure({ pair, account, address }: Records, at: number): void {
  forget(pair, at, pairRule)
  forget(account, at, accountRule)
  if (address) forget(address, at, addressRule)
}

function forget(count: Count, at: number, { failures }: Rule): void {
  const index = count.failures.indexOf(at)
  if (index >= 0) count.failures.splice(index, 1)
  if (count.failures.length < failures) count.blockedUntil = 0
}

function refuseWhileBlocked(now: number, blockedUntil: number): void {
  if (blockedUntil > now) throw new ChatError('rate_limited', 'too many failed sign-ins', { afterMs: blockedUntil - now })
}

import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { defaultRates } from './default-rates.js'
import type { RateOverrides, RateTable } from './limits.types.js'

/** Names of the rates that belong to an address. */
type AddressRate = Extract<keyof RateTable, `${string}PerAddress`>

/** Counts what happens, in memory. Every answer is the wait in milliseconds; 0 means go on. */
export interface RateLimits {
  readonly take: (rate: Exclude<keyof RateTable, AddressRate>, key: string) => Promise<number>
  /** Takes from the bucket of an address, as `clientAddress` gives it; null is an address that is not counted. */
  readonly takeAddress: (rate: AddressRate, address: string | null) => Promise<number>
  /** One message of a visitor, by every rate that messages have. */
  readonly takeMessage: (site: string, visitor: string) => Promise<number>
}

/** Makes the counters of a server. */
export function createRateLimits(overrides: RateOverrides = {}): RateLimits {
  const limiters = new Map<keyof RateTable, RateLimiterMemory>()
  for (const name of Object.keys(defaultRates) as (keyof RateTable)[]) {
    const { count, perMs } = overrides[name] ?? defaultRates[name]
    limiters.set(name, new RateLimiterMemory({ points: count, duration: perMs / 1_000, keyPrefix: name }))
  }
  const takeFrom = (rate: keyof RateTable, key: string): Promise<number> => waitOf(limiters.get(rate) as RateLimiterMemory, key)
  return {
    take: takeFrom,
    takeAddress: async (rate, address) => (address === null ? 0 : takeFrom(rate, address)),
    takeMessage: async (site, visitor) => {
      const key = `${site} ${visitor}`
      return (await takeFrom('messageBurst', key)) || (await takeFrom('messagesPerVisitor', key)) || (await takeFrom('messagesPerSite', site))
    }
  }
}

async function waitOf(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key)
    return 0
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    return Math.max(1, refusal.msBeforeNext)
  }
}

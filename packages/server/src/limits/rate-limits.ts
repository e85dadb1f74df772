import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { defaultRates } from './default-rates.js'
import type { RateOverrides, RateTable } from './limits.types.js'

/** Names of the rates that belong to an address. */
type AddressRate = Extract<keyof RateTable, `${string}PerAddress`>

/** Counts what happens, in memory. Every answer is the wait in milliseconds; 0 means go on. */
export interface RateLimits {
  readonly take: (rate: Exclude<keyof RateTable, AddressRate>, key: string) => Promise<number>
  /** Takes from the bucket of an address, as `clientAddress` gives it; null is an address that is not counted. */
  readonly takeAddress: (rate: AddressRate, address: string | null, count?: number) => Promise<number>
  /** One message of a visitor, by every rate that messages have. What one rate refuses is not counted by those after it. */
  readonly takeMessage: (site: string, author: MessageAuthor) => Promise<number>
  /** Pages of logs that a visitor reads. What one rate refuses is not counted by the other. */
  readonly takePages: (site: string, reader: PageReader) => Promise<number>
  /** One request: whether it is one too many for its address or, counting each address up to its own limit only, for the site. */
  readonly isRequestDoubtful: (site: string, address: string | null) => Promise<boolean>
}

/** Who writes, as far as rates care. */
export interface MessageAuthor {
  readonly visitor: string
  readonly address: string | null
  /** No operator has read him yet. Only such visitors share the rate of the site: a crowd of them cannot silence a chat under way. */
  readonly isStranger: boolean
}

/** Who reads, as far as rates care. */
export interface PageReader extends Pick<MessageAuthor, 'visitor' | 'address'> {
  /** How much is read at once. Default: one page. */
  readonly pages?: number
}

/** Makes the counters of a server. */
export function createRateLimits(overrides: RateOverrides = {}): RateLimits {
  const limiters = new Map<keyof RateTable, RateLimiterMemory>()
  for (const name of Object.keys(defaultRates) as (keyof RateTable)[]) {
    const { count, perMs } = overrides[name] ?? defaultRates[name]
    limiters.set(name, new RateLimiterMemory({ points: count, duration: perMs / 1_000, keyPrefix: name }))
  }
  const takeFrom = (rate: keyof RateTable, key: string, count = 1): Promise<number> => waitOf(limiters.get(rate) as RateLimiterMemory, key, count)
  const takeAddress = async (rate: AddressRate, address: string | null, count?: number): Promise<number> =>
    address === null ? 0 : takeFrom(rate, address, count)
  return {
    take: (rate, key) => takeFrom(rate, key),
    takeAddress,
    takeMessage: async (site, { visitor, address, isStranger }) => {
      const key = `${site} ${visitor}`
      const own = (await takeFrom('messageBurst', key)) || (await takeFrom('messagesPerVisitor', key))
      const ofAddress = own || (await takeAddress('messagesPerAddress', address))
      return ofAddress || (isStranger ? takeFrom('messagesPerSite', site) : 0)
    },
    takePages: async (site, { visitor, address, pages }) =>
      (await takeFrom('pagesPerVisitor', `${site} ${visitor}`, pages)) || takeAddress('pagesPerAddress', address, pages),
    isRequestDoubtful: async (site, address) =>
      (await takeAddress('requestsPerAddress', address)) > 0 || (await takeFrom('requestsPerSite', site)) > 0
  }
}

async function waitOf(limiter: RateLimiterMemory, key: string, count: number): Promise<number> {
  try {
    await limiter.consume(key, count)
    return 0
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    // Told by the machine's clock, which may have been set back; counts end by a timer.
    return Math.min(limiter.duration * 1_000, Math.max(1, refusal.msBeforeNext))
  }
}

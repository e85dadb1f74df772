const firstMs = 10_000
const longestMs = 4 * 3_600_000
/** No attempt follows another sooner than this. */
const leastMs = 1_000

/**
 * How long a mail rests after its n-th attempt failed: anything up to a time that doubles, from 10 s to four hours, so that mails that failed together
 * do not come back together.
 *
 * @param random From 0 to 1.
 */
export function restAfter(attempt: number, random: number): number {
  const ceilingMs = Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 20))
  return leastMs + Math.floor(random * (ceilingMs - leastMs))
}

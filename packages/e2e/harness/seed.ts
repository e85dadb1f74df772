/** What chance starts from in this run; `PORCHLIGHT_TEST_SEED` repeats one. */
export const seed: number = Number(process.env['PORCHLIGHT_TEST_SEED'] ?? Date.now() % 1_000_000)

/** Rounds of a scene that chance plays in; more in the full run. */
export const rounds: readonly number[] = Array.from({ length: process.env['PORCHLIGHT_TEST_FULL'] === '1' ? 5 : 2 }, (_, index) => index + 1)

/** Whole numbers from 0 to below `end`, the same for the same start (mulberry32, public domain). */
export function chance(start: number): (end: number) => number {
  let state = start
  return (end) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end
  }
}

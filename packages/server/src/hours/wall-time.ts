/** How far the clocks of one zone are ahead of UTC at an instant, in milliseconds. */
export type Offset = (instantMs: number) => number

/** When the clocks show a wall time, told by the first instant at which they have come so far and the last before which they have not. */
export interface WallTime {
  /** The first instant at which the clocks show it or more. */
  readonly reachedMs: number
  /** From this instant on they never show less. Later than `reachedMs` where they go back over it; in a gap both are its end. */
  readonly passedMs: number
}

const hourMs = 3_600_000
/** No clock is further behind UTC (Baker Island: -12 h), and none further ahead (Line Islands: +14 h); a little more, for what zones do next. */
const furthestMs = 16 * hourMs

/**
 * Finds a wall time on the line of instants.
 *
 * @param wallMs The wall time as if it were UTC.
 */
export function findWallTime(wallMs: number, offset: Offset): WallTime {
  const [earliestMs, latestMs] = [wallMs - furthestMs, wallMs + furthestMs]
  const [before, after] = [offset(earliestMs), offset(latestMs)]
  if (before === after) return { reachedMs: wallMs - before, passedMs: wallMs - before }
  // Nowhere have clocks been changed twice within a day and a half, so there is one turn, and on each side of it one offset.
  const turnMs = findTurn(earliestMs, latestMs, offset)
  return {
    reachedMs: wallMs - before < turnMs ? wallMs - before : Math.max(turnMs, wallMs - after),
    passedMs: wallMs - after > turnMs ? wallMs - after : Math.min(turnMs, wallMs - before)
  }
}

/** The first instant with the later offset. Clocks are changed on whole seconds. */
function findTurn(earliestMs: number, latestMs: number, offset: Offset): number {
  const before = offset(earliestMs)
  let [low, high] = [Math.floor(earliestMs / 1_000), Math.ceil(latestMs / 1_000)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offset(middle * 1_000) === before) low = middle
    else high = middle
  }
  return high * 1_000
}

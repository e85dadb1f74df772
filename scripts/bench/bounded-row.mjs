/** @typedef {import('./table.mjs').Row} Row */

/**
 * A row of three digits. Times and speeds are the machine's as much as ours: only what is counted (`cap`) can fail a run, an `aim` cannot.
 *
 * @param {string} what @param {number} value @param {string} unit @param {{ aim?: number, cap?: number, floor?: number, more?: boolean }} [bounds] @returns {Row}
 */
export function boundedRow(what, value, unit, { aim, cap, floor, more = false } = {}) {
  const bound = cap ?? aim
  const meets = bound === undefined || (more ? value >= bound : value <= bound)
  return {
    what,
    value: Number(value.toPrecision(3)),
    unit,
    cap: bound ?? null,
    floor: floor === undefined ? null : Number(floor.toPrecision(3)),
    isWithin: cap === undefined || meets,
    ...(aim === undefined ? {} : { isAimed: meets })
  }
}

/** @param {readonly number[]} values */
export function median(values) {
  return /** @type {number} */ ([...values].sort((a, b) => a - b)[values.length >> 1])
}

/**
 * @typedef {{ percentPerHour: number, maxPercentPerHour: number }} Slope
 * @typedef {{ minutes: number, seed: number, clients: number, faults: number, messages: number, violations: readonly { invariant: string, entry: number, message: string }[], slopes: Record<string, Slope> }} Soak
 */

/**
 * Says what a soak has found; the last line is its sum. The slope is the steepest of those measured, or `unknown` where the run was too short.
 * @param {Soak} soak @param {(line: string) => void} print @returns {0 | 1} The exit code.
 */
export function report({ minutes, seed, clients, faults, messages, violations, slopes }, print) {
  for (const { invariant, entry, message } of violations) print(`${invariant} at entry ${entry}: ${message}`)
  const steep = Object.entries(slopes).filter(([, { percentPerHour, maxPercentPerHour }]) => percentPerHour > maxPercentPerHour)
  for (const [name, { percentPerHour, maxPercentPerHour }] of Object.entries(slopes))
    print(`memory of ${name}: ${percentPerHour.toFixed(2)} %/h, at most ${maxPercentPerHour.toFixed(2)} by what this run can tell`)
  const steepest = Object.values(slopes).map(({ percentPerHour }) => percentPerHour)
  const slope = steepest.length === 0 ? 'unknown' : `${Math.max(...steepest).toFixed(2)}%/h`
  print(
    `soak minutes=${minutes} seed=${seed} clients=${clients} faults=${faults} messages=${messages} violations=${violations.length} slope=${slope}`
  )
  return violations.length > 0 || steep.length > 0 || faults === 0 || messages === 0 ? 1 : 0
}

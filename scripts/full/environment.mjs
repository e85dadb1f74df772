import { execFileSync } from 'node:child_process'
import { arch, availableParallelism, platform, totalmem } from 'node:os'
import { findChromium } from '../find-browser.mjs'

/**
 * What a run depends on, without a word about whose machine it is.
 * @typedef {{ node: string, system: string, processors: number, memoryGiB: number, browser: string }} Environment
 */

/** @param {{ browserVersion?: () => string }} [machine] @returns {Environment} */
export function environment({ browserVersion = chromiumVersion } = {}) {
  return {
    node: process.version,
    system: `${platform()} ${arch()}`,
    processors: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    browser: browserVersion()
  }
}

/** Such as `Chromium 142.0.7444.59`; some builds add where they come from, which says no more. */
function chromiumVersion() {
  try {
    const words = execFileSync(findChromium(), ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return /^[^\d]*[\d.]+/.exec(words)?.[0].trim() ?? 'unknown'
  } catch {
    return 'none'
  }
}

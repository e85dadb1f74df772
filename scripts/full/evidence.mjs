// What long runs have shown so far: `docs/evidence.json`, each part with the sources it ran on.
import { readFileSync, writeFileSync } from 'node:fs'

/**
 * What a part counted, and on what: a run may go on elsewhere. A part without a failure is not run again on the same sources.
 * @typedef {import('./environment.mjs').Environment} Environment
 * @typedef {{ passed: number, failed: number, note: string, commit: string, sources: string, seed: string, date: string, seconds: number, environment: Environment }} Finding
 * @typedef {{ says: string, parts: Record<string, Finding> }} Evidence
 */

/** Stands in the file, for whoever finds it alone. */
const says =
  'What `npm run test:full` found last: for each part how many checks passed and failed, when, in how many seconds and on what. `commit` is what was checked out, and `sources` the hash of every file of the repository as it was then, but this one (scripts/full/sources-id.mjs): a part whose `sources` are not those of the clone tells of an earlier state, and runs again. `seed` is where the parts called `faults` and `soak` begin.'

/** What is written down, or nothing yet. @param {string} path @returns {Evidence} */
export function readEvidence(path) {
  try {
    return { says, parts: { ...JSON.parse(readFileSync(path, 'utf8')).parts } }
  } catch {
    return { says, parts: {} }
  }
}

/** What was found on these sources. @param {string} path @param {string} sources @returns {Record<string, Finding>} */
export function readFindings(path, sources) {
  return Object.fromEntries(Object.entries(readEvidence(path).parts).filter(([, finding]) => finding.sources === sources))
}

/** Adds what a part found, to whatever others have written meanwhile. @param {string} path @param {string} name @param {Finding} finding */
export function addFinding(path, name, finding) {
  const { parts } = readEvidence(path)
  writeFileSync(path, `${JSON.stringify({ says, parts: { ...parts, [name]: finding } }, null, 2)}\n`)
}

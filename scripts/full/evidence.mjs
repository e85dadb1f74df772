// What a long run has shown so far: `docs/evidence.json`. It belongs to one state of the sources; another state begins anew.
import { readFileSync, writeFileSync } from 'node:fs'

/**
 * What a part counted, and on what: a run may go on elsewhere. A part without a failure is not run again on the same sources.
 * @typedef {import('./environment.mjs').Environment} Environment
 * @typedef {{ passed: number, failed: number, note: string, date: string, seconds: number, environment: Environment }} Finding
 * @typedef {{ says: string, sources: string, seed: string, parts: Record<string, Finding> }} Evidence
 */

/** Stands in the file, for whoever finds it alone. */
const says =
  'What `npm run test:full` found: for each part how many checks passed and failed, when, in how many seconds and on what. `sources` is the hash of every file of the repository but this one (scripts/full/sources-id.mjs): on other sources the same command begins anew. `seed` is where the parts called `faults` and `soak` begin.'

/** The evidence for these sources, or none yet. @param {string} path @param {{ sources: string, seed: string }} now @returns {Evidence} */
export function readEvidence(path, { sources, seed }) {
  const fresh = { says, sources, seed, parts: {} }
  try {
    const found = JSON.parse(readFileSync(path, 'utf8'))
    return found.sources === sources ? found : fresh
  } catch {
    return fresh
  }
}

/** @param {string} path @param {Evidence} evidence */
export function writeEvidence(path, evidence) {
  writeFileSync(path, `${JSON.stringify(evidence, null, 2)}\n`)
}

// What a long run has shown so far: `docs/evidence.json`. It belongs to one state of the sources; another state begins anew.
import { readFileSync, writeFileSync } from 'node:fs'

/**
 * What a part counted. A part without a failure is not run again on the same sources.
 * @typedef {{ passed: number, failed: number, note: string, date: string, seconds: number }} Finding
 * @typedef {{ sources: string, node: string, seed: string, parts: Record<string, Finding> }} Evidence
 */

/** The evidence for these sources, or none yet. @param {string} path @param {{ sources: string, seed: string }} now @returns {Evidence} */
export function readEvidence(path, { sources, seed }) {
  const fresh = { sources, node: process.version, seed, parts: {} }
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

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A hash over every file of the clone in `folder` as it is now, but what the run itself writes. @param {string} [folder] @throws {Error} Outside of a clone. */
export function sourcesId(folder = '.') {
  const hash = createHash('sha256')
  for (const path of filesIn(folder))
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(folder, path)))
      .update('\0')
  return hash.digest('hex').slice(0, 16)
}

/** What is checked out in the clone in `folder`. @param {string} [folder] @throws {Error} Outside of a clone. */
export function commitId(folder = '.') {
  return ask(['rev-parse', '--short=12', 'HEAD'], folder).trim()
}

/** What git knows or would take; what was deleted and not yet committed is not there. @param {string} folder */
function filesIn(folder) {
  const names = ask(['ls-files', '-z', '--cached', '--others', '--exclude-standard'], folder)
  return [...new Set(names.split('\0'))].filter((name) => name !== '' && name !== 'docs/evidence.json' && existsSync(join(folder, name))).sort()
}

/** @param {readonly string[]} question @param {string} folder */
function ask(question, folder) {
  try {
    return execFileSync('git', question, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    throw new Error('what was tested is told by git, so this runs in a clone only')
  }
}

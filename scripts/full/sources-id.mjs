import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** A hash over every file of the repository as it is now, but what the run itself writes. @throws {Error} Outside of a clone. */
export function sourcesId() {
  const hash = createHash('sha256')
  for (const path of trackedFiles()) hash.update(path).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex').slice(0, 16)
}

function trackedFiles() {
  try {
    const names = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    return names.split('\0').filter((name) => name !== '' && name !== 'docs/evidence.json')
  } catch {
    throw new Error('what was tested is told by git, so this runs in a clone only')
  }
}

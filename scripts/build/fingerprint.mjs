import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const passedOver = new Set(['node_modules', 'dist', 'e2e', 'test', 'tests', '.porchlight'])

/** A hash over names and contents of all that a build reads. @param {readonly string[]} roots @returns {string} */
export function fingerprint(roots) {
  const hash = createHash('sha256').update(process.version)
  for (const path of roots.flatMap(filesOf).sort()) hash.update(path).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

/** @param {string} path @returns {string[]} */
function filesOf(path) {
  if (!statSync(path).isDirectory()) return /\.test\.\w+$|\.md$/.test(path) ? [] : [path]
  return readdirSync(path)
    .filter((name) => !passedOver.has(name))
    .flatMap((name) => filesOf(join(path, name)))
}

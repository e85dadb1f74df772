// Generated files equal what their generators write now.
import { readFileSync } from 'node:fs'
import { generators } from '../gen.mjs'

/** @returns {Promise<import('./gates.mjs').Result>} */
export async function checkGenerated() {
  const stale = []
  for (const { file, make } of generators) {
    const now = await make()
    if (readFileSync(file, 'utf8') !== now) stale.push(file)
  }
  return {
    passed: stale.length === 0 ? 1 : 0,
    failed: stale.length,
    note: `${generators.length} files`,
    say: `stale, run npm run gen: ${stale.join(', ')}`
  }
}

// Each example is short, and runs from the packed packages in a real browser.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runVitest } from './run-vitest.mjs'

/** @param {boolean} isFull @returns {Promise<import('./gates.mjs').Result>} */
export async function checkExamples(isFull) {
  const folders = readdirSync('examples', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const long = folders.flatMap(({ name }) =>
    readdirSync(join('examples', name)).flatMap((file) => {
      const lines = readFileSync(join('examples', name, file), 'utf8')
        .trimEnd()
        .split('\n').length
      return lines < 60 ? [] : [`examples/${name}/${file} has ${lines} lines, 60 is too many`]
    })
  )
  if (long.length > 0) return { passed: 0, failed: long.length, say: long.join('\n') }
  return runVitest('examples', isFull)
}

// What a page downloads stays under its caps (.size-limit.json), brotli.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { bundleNpmCore } from '../build/npm-core.mjs'

/** @returns {Promise<import('./gates.mjs').Result>} */
export async function checkSizes() {
  await bundleNpmCore()
  const rows = measure()
  const over = rows.filter((row) => !row.passed)
  const caps = JSON.parse(readFileSync('.size-limit.json', 'utf8')).length
  return {
    passed: rows.length === caps && over.length === 0 ? rows.length : 0,
    failed: over.length,
    note: rows.map((row) => `${row.name} ${row.size}`).join(', '),
    say: over.map((row) => `${row.name}: ${row.size} bytes, cap ${row.sizeLimit}`).join('\n')
  }
}

/** @returns {{ name: string, passed: boolean, size: number, sizeLimit: number }[]} */
export function measure() {
  try {
    return JSON.parse(
      execFileSync(process.execPath, ['node_modules/size-limit/bin.js', '--json'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    )
  } catch (error) {
    const { stdout = '' } = /** @type {{ stdout?: string }} */ (error)
    if (!stdout.trim().startsWith('[')) throw error
    return JSON.parse(stdout)
  }
}

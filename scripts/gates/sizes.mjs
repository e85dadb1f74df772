// What a page downloads stays under its caps (.size-limit.json), brotli, and every built chunk has one.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { bundleNpmCore } from '../build/npm-core.mjs'

const cdn = 'packages/widget/dist/cdn'

/** @returns {Promise<import('./gates.mjs').Result>} */
export async function checkSizes() {
  await bundleNpmCore()
  const rows = measure()
  const caps = /** @type {Cap[]} */ (JSON.parse(readFileSync('.size-limit.json', 'utf8')))
  const chunks = readdirSync(cdn, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => `${cdn}/${name}`)
  const problems = [
    ...rows.filter((row) => !row.passed).map((row) => `${row.name}: ${row.size} bytes, cap ${row.sizeLimit}`),
    ...withoutCap(chunks, caps).map((file) => `${file} has no cap in .size-limit.json`)
  ]
  return {
    passed: rows.length === caps.length && problems.length === 0 ? rows.length : 0,
    failed: problems.length,
    note: rows.map((row) => `${row.name} ${row.size}`).join(', '),
    say: problems.join('\n')
  }
}

/** @typedef {{ path: string | string[] }} Cap */

/** Files that no cap names. @param {readonly string[]} files @param {readonly Cap[]} caps */
export function withoutCap(files, caps) {
  const globs = caps.flatMap(({ path }) => path)
  return files.filter((file) => !globs.some((glob) => isNamedBy(glob, file)))
}

/** A path, or one with a star for the hash. @param {string} glob @param {string} file */
function isNamedBy(glob, file) {
  const [start = '', end] = glob.split('*')
  return end === undefined ? file === glob : file.startsWith(start) && file.endsWith(end) && !file.slice(start.length).includes('/')
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

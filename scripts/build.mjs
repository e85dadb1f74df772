// Builds what is stale, and nothing else: `node scripts/build.mjs [--force]`.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compressFolder } from './build/compress.mjs'
import { fingerprint } from './build/fingerprint.mjs'
import { ensureInstalled } from './install.mjs'

const record = '.cache/build.txt'
const packages = ['protocol', 'core', 'adapters', 'theme', 'widget', 'server', 'console']

/** Builds when a source file changed since the last build. @param {{ force?: boolean }} [options] @returns {boolean} Whether it built. */
export function build({ force = false } = {}) {
  const current = fingerprint([
    'packages',
    'scripts/build',
    'scripts/build.mjs',
    'scripts/text-modules.mjs',
    'rollup.config.mjs',
    'tsconfig.json',
    'package-lock.json'
  ])
  if (!force && isBuilt(current)) return false
  // A build that fails halfway must not be taken for the one before it.
  rmSync(record, { force: true })
  for (const name of packages) rmSync(`packages/${name}/dist`, { recursive: true, force: true })
  run('node_modules/rollup/dist/bin/rollup', ['-c', 'rollup.config.mjs', '--silent'])
  declarations()
  compressFolder('packages/widget/dist/cdn')
  compressFolder('packages/console/dist')
  mkdirSync('.cache', { recursive: true })
  writeFileSync(record, current)
  return true
}

/** @param {string} current */
function isBuilt(current) {
  return existsSync(record) && readFileSync(record, 'utf8') === current && packages.every((name) => existsSync(`packages/${name}/dist`))
}

/** One `.d.ts` beside each library module; sources carry written types, so no check is needed to make them. */
function declarations() {
  const folder = '.cache/types'
  rmSync(folder, { recursive: true, force: true })
  run('node_modules/typescript/bin/tsc', [
    '-p',
    'scripts/build/tsconfig.json',
    '--declaration',
    '--emitDeclarationOnly',
    '--rootDir',
    '.',
    '--outDir',
    folder
  ])
  for (const name of packages.filter((each) => each !== 'console')) {
    const source = join(folder, 'packages', name, 'src')
    cpSync(source, `packages/${name}/dist`, { recursive: true, filter: (path) => !/\.test\.d\.ts$|\.test-d\.d\.ts$/.test(path) })
  }
  rmSync(folder, { recursive: true })
}

/** @param {string} script @param {readonly string[]} parameters */
function run(script, parameters) {
  try {
    execFileSync(process.execPath, [script, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
  } catch (error) {
    const { stdout = '', stderr = '' } = /** @type {{ stdout?: string, stderr?: string }} */ (error)
    throw new Error(`${script} failed\n${stdout}${stderr}`)
  }
}

if (process.argv[1]?.endsWith('build.mjs')) {
  ensureInstalled()
  const built = build({ force: process.argv.includes('--force') })
  console.log(
    built
      ? `built ${readdirSync('packages/widget/dist/cdn/assets').filter((name) => name.endsWith('.js')).length} chunks and ${packages.length} packages`
      : 'nothing changed since the last build'
  )
}

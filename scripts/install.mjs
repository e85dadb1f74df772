// Installs the locked dependencies when they are missing or the lock changed. Uses Node alone.
import { execSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * What npm writes of an entry, in the lock and in its own record of what it has installed.
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean }} Locked
 * @typedef {Record<string, Locked>} LockedPackages
 */

/** @returns {boolean} Whether anything was installed. */
export function ensureInstalled() {
  if (isInstalled(packagesOf('package-lock.json'), packagesOf('node_modules/.package-lock.json'))) return false
  process.stdout.write('Installing (about a minute the first time) …\n')
  try {
    execSync('npm ci --include=dev --no-audit --no-fund --loglevel=error', { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
  } catch (error) {
    const { stderr = '' } = /** @type {{ stderr?: string }} */ (error)
    throw new Error(`npm ci failed, nothing was started. npm says:\n${stderr.trim()}`)
  }
  return true
}

/**
 * Whether npm's record, which it writes last, holds all that the lock asks for. Optional packages are those of other machines.
 * @param {LockedPackages} locked @param {LockedPackages} installed
 */
export function isInstalled(locked, installed) {
  return Object.entries(locked).every(([path, { version, integrity, optional }]) => {
    if (path === '' || optional) return true
    const found = installed[path]
    return found !== undefined && found.version === version && found.integrity === integrity
  })
}

/** @param {string} file @returns {LockedPackages} None where nothing was installed. */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch (error) {
    if (file === 'package-lock.json') throw error
    return {}
  }
}

// Installs the locked dependencies when they are missing or the lock changed. Uses Node alone.
import { execSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const record = 'node_modules/.porchlight-lock'

/** @returns {boolean} Whether anything was installed. */
export function ensureInstalled() {
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  if (existsSync(record) && readFileSync(record, 'utf8') === lock) return false
  process.stdout.write('Installing (about a minute the first time) …\n')
  try {
    execSync('npm ci --include=dev --no-audit --no-fund --loglevel=error', { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
  } catch (error) {
    const { stderr = '' } = /** @type {{ stderr?: string }} */ (error)
    throw new Error(`npm ci failed, nothing was started. npm says:\n${stderr.trim()}`)
  }
  writeFileSync(record, lock)
  return true
}

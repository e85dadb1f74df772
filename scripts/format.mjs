// `npm run format`: formats, and applies the lint fixes that are safe.
import { spawnSync } from 'node:child_process'
import { ensureInstalled } from './install.mjs'

try {
  ensureInstalled()
  const { status } = spawnSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', '.'], { stdio: 'inherit' })
  process.exitCode = status ?? 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

// Manifests and built files agree: publint and attw on each packed package, and every declared file exists.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { runTool } from './run-tool.mjs'

/** @returns {Promise<import('./gates.mjs').Result>} */
export async function checkExports() {
  const problems = []
  let seen = 0
  for (const name of readdirSync('packages')) {
    const folder = join('packages', name)
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    if (manifest.private) continue
    const { messages } = await publint({ pkgDir: folder, level: 'warning', pack: 'npm' })
    problems.push(...messages.map((message) => `${name}: ${formatMessage(message, manifest, { color: false })}`))
    problems.push(...missingFiles(folder, manifest.exports))
    if (Object.values(manifest.exports).some((entry) => typeof entry !== 'string')) {
      const attw = await runTool(
        '@arethetypeswrong/cli/dist/index.js',
        ['--pack', folder, '--profile', 'esm-only', '--format', 'ascii', '--no-color', '--exclude-entrypoints', './css', './cdn'],
        null
      )
      if (attw.failed > 0) problems.push(`${name}: ${attw.say}`)
    }
    seen++
  }
  return { passed: problems.length === 0 ? seen : 0, failed: problems.length, note: `${seen} packages`, say: problems.join('\n') }
}

/** @param {string} folder @param {Record<string, any>} exports */
function missingFiles(folder, exports) {
  const files = Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [] : Object.values(entry)))
  return files.filter((file) => !existsSync(join(folder, file))).map((file) => `${folder} exports ${file}, which is not there`)
}

import { readFileSync } from 'node:fs'
import { build } from '../build.mjs'
import { checkDocs } from './docs.mjs'
import { checkExamples } from './examples.mjs'
import { checkExports } from './exports.mjs'
import { checkGenerated } from './generated.mjs'
import { checkManifests } from './manifests.mjs'
import { provideBrowser } from './provide-browser.mjs'
import { runTool } from './run-tool.mjs'
import { runVitest } from './run-vitest.mjs'
import { checkShipped } from './shipped.mjs'
import { checkSizes } from './sizes.mjs'

/**
 * What a gate found. A gate that looked at nothing has failed.
 * @typedef {{ passed: number, failed: number, note?: string, say?: string }} Result
 * @typedef {{ name: string, run: () => Promise<Result> }} Gate
 */

/** @param {{ isFull: boolean }} options @returns {Gate[]} */
export function gates({ isFull }) {
  return [
    { name: 'lint', run: () => runTool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'], /Checked (\d+) files/) },
    { name: 'types', run: () => runTool('typescript/bin/tsc', ['-p', 'tsconfig.json'], null) },
    { name: 'scripts', run: () => runTool('typescript/bin/tsc', ['-p', 'scripts/tsconfig.json'], null) },
    {
      name: 'layers',
      run: () => runTool('dependency-cruiser/bin/dependency-cruise.mjs', ['packages', '--config', '.dependency-cruiser.cjs'], /(\d+) modules/)
    },
    { name: 'dead code', run: () => runTool('knip/bin/knip.js', ['--treat-config-hints-as-errors'], null) },
    { name: 'manifests', run: checkManifests },
    { name: 'generated', run: checkGenerated },
    { name: 'docs', run: checkDocs },
    { name: 'unit', run: () => runVitest('unit', isFull) },
    { name: 'dom', run: () => runVitest('dom', isFull) },
    { name: 'build', run: builds },
    { name: 'exports', run: checkExports },
    { name: 'sizes', run: checkSizes },
    { name: 'shipped', run: checkShipped },
    { name: 'built', run: () => runVitest('built', isFull) },
    { name: 'browser', run: browserTests },
    { name: 'examples', run: () => checkExamples(isFull) }
  ]

  async function browserTests() {
    provideBrowser()
    return repeated(isFull ? 3 : 1, () => runVitest('browser', isFull))
  }
}

/** The same gate several times, up to the first time that it fails. @param {number} times @param {Gate['run']} run @returns {Promise<Result>} */
async function repeated(times, run) {
  const first = await run()
  if (times === 1 || first.failed > 0) return first
  const rest = await repeated(times - 1, run)
  return { ...rest, passed: first.passed + rest.passed, note: `${first.passed + rest.passed} passed, all scenes ${times} times` }
}

async function builds() {
  const didBuild = build()
  const assets = Object.keys(JSON.parse(readFileSync('packages/widget/dist/cdn/manifest.json', 'utf8')))
  return { passed: assets.length > 0 ? 1 : 0, failed: 0, note: didBuild ? 'built' : 'nothing changed since the last build' }
}

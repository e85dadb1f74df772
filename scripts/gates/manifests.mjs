// Manifests: one version everywhere, sorted, allowed licences, no install scripts.
import { readdirSync, readFileSync } from 'node:fs'
import { licenceProblems } from './licences.mjs'
import { runTool } from './run-tool.mjs'

/** @returns {Promise<import('./gates.mjs').Result>} */
export async function checkManifests() {
  const sherif = await runTool('sherif/index.js', ['--ignore-rule', 'root-package-manager-field'], null)
  const problems = [...lifecycleScripts(), ...licenceProblems()]
  if (sherif.failed > 0) problems.push(sherif.say ?? 'sherif failed')
  return { passed: problems.length === 0 ? 1 : 0, failed: problems.length, say: problems.join('\n') }
}

/** @param {string} name */
function manifestOf(name) {
  return JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8'))
}

function lifecycleScripts() {
  return readdirSync('packages').flatMap((name) => {
    const scripts = Object.keys(manifestOf(name).scripts ?? {}).filter((script) => /install|prepare|publish|pack/.test(script))
    return scripts.map((script) => `packages/${name} has a lifecycle script: ${script}`)
  })
}

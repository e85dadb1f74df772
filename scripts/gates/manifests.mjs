// Manifests: one version everywhere, sorted, allowed licences, no install scripts.
import { readdirSync, readFileSync } from 'node:fs'
import { runTool } from './run-tool.mjs'

const freely = /^\(?(MIT|MIT-0|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|ISC|BlueOak-1\.0\.0|Unlicense|CC0-1\.0)( (OR|AND) [\w.-]+)*\)?$/

/** @returns {Promise<import('./gates.mjs').Result>} */
export async function checkManifests() {
  const sherif = await runTool('sherif/index.js', ['--ignore-rule', 'root-package-manager-field'], null)
  const problems = [...lifecycleScripts(), ...licences()]
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

/** Everything that a published package pulls in, by walking the lock. */
function licences() {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages
  const seen = new Set()
  const queue = readdirSync('packages').flatMap((name) =>
    Object.keys(manifestOf(name).private ? {} : (manifestOf(name).dependencies ?? {})).map((each) => [each, `packages/${name}`])
  )
  const problems = []
  for (let entry = queue.pop(); entry; entry = queue.pop()) {
    const [name = '', from = ''] = entry
    const path = locate(lock, name, from)
    if (!path || seen.has(path)) continue
    seen.add(path)
    const item = lock[path].link ? lock[lock[path].resolved] : lock[path]
    if (!name.startsWith('@porchlight/') && !freely.test(item.license ?? '')) problems.push(`${name} is licensed ${item.license ?? 'nowhere'}`)
    for (const next of Object.keys({ ...item.dependencies, ...item.optionalDependencies })) queue.push([next, path])
  }
  if (seen.size < 20) problems.push(`only ${seen.size} dependencies looked at`)
  return problems
}

/** @param {Record<string, any>} lock @param {string} name @param {string} from */
function locate(lock, name, from) {
  for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    const path = `${folder ? `${folder}/` : ''}node_modules/${name}`
    if (lock[path]) return path
    if (!folder.includes('node_modules/')) return lock[`node_modules/${name}`] ? `node_modules/${name}` : null
  }
}

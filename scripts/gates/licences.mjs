// What published code may be licensed under; CONTRIBUTING.md lists the same.
import { readdirSync, readFileSync } from 'node:fs'

export const everywhere = ['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'ISC']
/** What no page downloads: the server's own. */
export const onServers = [...everywhere, 'BlueOak-1.0.0', 'MIT-0']

/** @typedef {{ license?: string, link?: boolean, resolved?: string, dependencies?: object, optionalDependencies?: object }} LockItem */

/**
 * Whether an SPDX expression leaves a choice of allowed licences alone: `AND` needs both sides, `OR` one; what cannot be read is not allowed.
 * SPDX 2.3, annex D; exceptions (`WITH`) and later versions (`+`) are not read.
 * @param {string} expression @param {readonly string[]} allowed
 */
export function isAllowed(expression, allowed) {
  const words = expression.match(/[()]|[^\s()]+/g) ?? []
  let isReadable = words.length > 0
  const verdict = either()
  return verdict && isReadable && words.length === 0

  /** @returns {boolean} */
  function either() {
    let isFine = both()
    while (words[0] === 'OR') {
      words.shift()
      // Read on, also when one side is enough.
      isFine = both() || isFine
    }
    return isFine
  }

  /** @returns {boolean} */
  function both() {
    let isFine = one()
    while (words[0] === 'AND') {
      words.shift()
      isFine = one() && isFine
    }
    return isFine
  }

  /** @returns {boolean} */
  function one() {
    const word = words.shift() ?? ''
    isReadable &&= !['', ')', 'AND', 'OR'].includes(word)
    if (word !== '(') return allowed.includes(word)
    const isFine = either()
    isReadable &&= words.shift() === ')'
    return isFine
  }
}

/** Everything that our packages pull in for whoever installs them, by walking the lock. */
export function licenceProblems() {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages
  const all = readdirSync('packages').map((name) => `packages/${name}`)
  const ofPages = forbiddenBelow(
    lock,
    all.filter((folder) => folder !== 'packages/server'),
    everywhere
  )
  const ofServer = forbiddenBelow(lock, ['packages/server'], onServers)
  const few = ofServer.seen < 20 ? [`only ${ofServer.seen} dependencies looked at`] : []
  return [...new Set([...ofPages.problems, ...ofServer.problems, ...few])]
}

/** @param {Record<string, LockItem>} lock @param {readonly string[]} folders @param {readonly string[]} allowed */
export function forbiddenBelow(lock, folders, allowed) {
  const seen = new Set()
  const queue = folders.flatMap((folder) => Object.keys(lock[folder]?.dependencies ?? {}).map((name) => [name, folder]))
  const problems = []
  for (let entry = queue.pop(); entry; entry = queue.pop()) {
    const [name = '', from = ''] = entry
    const path = locate(lock, name, from)
    if (!path || seen.has(path)) continue
    seen.add(path)
    const found = lock[path] ?? {}
    const item = (found.link && lock[found.resolved ?? '']) || found
    if (!found.link && !isAllowed(item.license ?? '', allowed)) problems.push(`${name} is licensed ${item.license ?? 'nowhere'}`)
    for (const next of Object.keys({ ...item.dependencies, ...item.optionalDependencies })) queue.push([next, path])
  }
  return { seen: seen.size, problems }
}

/** @param {Record<string, LockItem>} lock @param {string} name @param {string} from */
function locate(lock, name, from) {
  for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    const path = `${folder ? `${folder}/` : ''}node_modules/${name}`
    if (lock[path]) return path
    if (!folder.includes('node_modules/')) return lock[`node_modules/${name}`] ? `node_modules/${name}` : null
  }
}

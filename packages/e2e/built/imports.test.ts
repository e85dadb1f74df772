import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const run = promisify(execFile)
const root = new URL('../../..', import.meta.url).pathname

/** Every way into a published package that is a script. */
const entries = readdirSync(join(root, 'packages')).flatMap((name) => {
  const manifest: Manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'))
  if (manifest.private) return []
  return Object.entries(manifest.exports ?? {})
    .filter(([, target]) => typeof target !== 'string' && target.default.endsWith('.js'))
    .map(([path]) => manifest.name + path.slice(1))
})

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports?: Record<string, string | { readonly default: string }>
}

/** Imports a built package in a fresh Node whose globals are watched. */
const watch = `
const before = new Set(Object.getOwnPropertyNames(globalThis))
const touched = []
for (const name of ['window', 'document', 'localStorage', 'sessionStorage', 'indexedDB', 'HTMLElement', 'customElements']) {
  Object.defineProperty(globalThis, name, { configurable: true, get() { touched.push(name); return undefined } })
  before.add(name)
}
const module = await import(process.argv[1])
const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name))
console.log(JSON.stringify({ exports: Object.keys(module).length, touched, added }))
`

it.each(entries)(
  'importing %s in Node touches no global and holds nothing open',
  async (entry) => {
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', watch, entry], { cwd: root, timeout: 20_000 })
    const { exports, touched, added } = JSON.parse(stdout)
    expect(exports).toBeGreaterThan(0)
    expect(touched).toEqual([])
    // nanostores keeps one epoch for all its copies on a page, by this name.
    expect(added.filter((name: string) => name !== 'nanostoresGlobal')).toEqual([])
  },
  30_000
)

it('the manifests name every way in that the documents show', () => {
  expect(entries).toEqual(
    expect.arrayContaining([
      '@porchlight/protocol',
      '@porchlight/core',
      '@porchlight/adapters/porchlight',
      '@porchlight/adapters/porchlight/poll',
      '@porchlight/widget',
      '@porchlight/server'
    ])
  )
})

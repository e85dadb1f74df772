// Builds everything that is published:
//   libraries  one ESM module a source file, dependencies left out; the widget in one file
//   chunks     the script tag's lazy parts, each one file without static imports (Firefox remembers a failed dependency)
//   loader     the script tag itself; it names the chunks by their hashes, so it is built last
//   console    the operators' page
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import nodeResolve from '@rollup/plugin-node-resolve'
import replace from '@rollup/plugin-replace'
import terser from '@rollup/plugin-terser'
import { hashedNames, injectAssets } from './scripts/build/assets.mjs'
import { compileOnce } from './scripts/build/compile-once.mjs'
import { consolePage } from './scripts/build/console-page.mjs'
import { pageOnly } from './scripts/build/page-only.mjs'
import { textModules } from './scripts/text-modules.mjs'

const cdn = 'packages/widget/dist/cdn'

/** @param {string} name */
function readManifest(name) {
  return JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8'))
}

const compile = compileOnce()

/** @param {{ bundlesLibraries: boolean }} options */
function resolveSource({ bundlesLibraries }) {
  return nodeResolve({ exportConditions: bundlesLibraries ? ['@porchlight/source', 'production'] : ['@porchlight/source'] })
}

/** Plugins of everything that a browser loads without a bundler of its own. */
function forPages() {
  return [
    textModules(),
    replace({ preventAssignment: true, values: { 'process.env.NODE_ENV': '"production"' } }),
    resolveSource({ bundlesLibraries: true }),
    compile(),
    pageOnly()
  ]
}

/** @param {{ module: boolean }} options */
function minify({ module }) {
  return terser({ module, ecma: 2020, compress: { passes: 3, pure_getters: true, unsafe_arrows: true }, format: { comments: false } })
}

/** Modules that start threads by their file's name, so that no import leads to them. */
const threads = /** @type {Record<string, readonly string[]>} */ ({ server: ['writer/thread'] })

/** Inputs of libraries in one build: `server/dist/index` → `packages/server/src/index.ts`. @param {readonly string[]} names */
function libraryInputs(names) {
  const inputs = /** @type {Record<string, string>} */ ({})
  for (const name of names) {
    const { exports, bin } = readManifest(name)
    for (const entry of Object.values(exports)) {
      if (typeof entry === 'string') continue
      inputs[`${name}/${entry.default.replace(/^\.\//, '').replace(/\.js$/, '')}`] = `packages/${name}/${entry['@porchlight/source']}`
    }
    for (const file of Object.values(bin ?? {})) {
      const stem = String(file).replace('./dist/', '').replace('.js', '')
      inputs[`${name}/dist/${stem}`] = `packages/${name}/src/${stem}.ts`
    }
    for (const stem of threads[name] ?? []) inputs[`${name}/dist/${stem}`] = `packages/${name}/src/${stem}.ts`
  }
  return inputs
}

/** @param {readonly string[]} names @returns {import('rollup').RollupOptions} */
function libraryBuild(names) {
  return {
    input: libraryInputs(names),
    external: (id) => !/^[./]/.test(id) && !id.startsWith('@porchlight/ui') && !id.endsWith('.css') && !id.startsWith('\0'),
    plugins: [textModules(), resolveSource({ bundlesLibraries: false }), compile()]
  }
}

/** One module a source file, so that a bundler leaves out what is not used: whole modules, schemas with them. */
const moduleBuild = {
  ...libraryBuild(['protocol', 'core', 'adapters', 'theme', 'server']),
  output: {
    dir: 'packages',
    format: /** @type {const} */ ('es'),
    preserveModules: true,
    preserveModulesRoot: 'packages',
    entryFileNames: (/** @type {import('rollup').PreRenderedChunk} */ chunk) => builtName(chunk.name)
  }
}

/** `core/src/chat/mode` → `core/dist/chat/mode.js`; `server/locales/en` → `server/dist/locales/en.js`. @param {string} name */
function builtName(name) {
  if (/^[^/]+\/dist\//.test(name)) return `${name}.js`
  return `${name.replace(/^([^/]+)\/(src\/)?/, '$1/dist/')}.js`
}

/** The widget holds the private ui package, so it is one file. */
const widgetBuild = {
  ...libraryBuild(['widget']),
  output: { dir: 'packages', format: /** @type {const} */ ('es'), entryFileNames: '[name].js', chunkFileNames: 'widget/dist/chunks/[name]-[hash].js' }
}

/** Every file of `entry/` but the loader is a chunk that the script tag loads when it is needed; the headless one names another, so it comes last. */
const chunkBuilds = readdirSync('packages/widget/src/entry')
  .filter((file) => file.endsWith('.ts') && !/^loader\.|\.test\.|\.d\.ts$/.test(file))
  .sort((a, b) => Number(a.startsWith('headless')) - Number(b.startsWith('headless')))
  .map((file) => ({
    input: resolve('packages/widget/src/entry', file),
    // The adapter's own way to its HTTP fallback; the headless chunk hands it another.
    external: ['./poll.js'],
    plugins: [...forPages(), injectAssets(cdn), minify({ module: true }), hashedNames(cdn)],
    output: { dir: cdn, format: /** @type {const} */ ('es'), entryFileNames: 'assets/[name]-[hash].js', inlineDynamicImports: true }
  }))

const loaderBuild = {
  input: 'packages/widget/src/entry/loader.ts',
  plugins: [...forPages(), injectAssets(cdn), minify({ module: false })],
  output: { file: `${cdn}/porchlight.js`, format: /** @type {const} */ ('iife'), strict: false }
}

const consoleBuild = {
  input: 'packages/console/src/main.tsx',
  plugins: [...forPages(), minify({ module: true }), consolePage('packages/console')],
  output: {
    dir: 'packages/console/dist',
    format: /** @type {const} */ ('es'),
    entryFileNames: 'assets/[name]-[hash].js',
    chunkFileNames: 'assets/[name]-[hash].js'
  }
}

export default [moduleBuild, widgetBuild, ...chunkBuilds, loaderBuild, consoleBuild]

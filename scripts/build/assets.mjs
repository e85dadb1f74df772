// The script tag's chunks carry a hash in their names; the loader, built last, is told them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Notes each entry's hashed name in `manifest.json`. @param {string} folder @returns {import('rollup').Plugin} */
export function hashedNames(folder) {
  return {
    name: 'hashed-names',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue
        if (file.imports.length > 0) this.error(`${file.fileName} has static imports: ${file.imports}`)
        note(folder, file.name, file.fileName)
      }
    }
  }
}

/** Replaces `__ASSETS__` by the chunk names noted so far. @param {string} folder @returns {import('rollup').Plugin} */
export function injectAssets(folder) {
  return {
    name: 'inject-assets',
    transform(code) {
      if (!code.includes('__ASSETS__')) return null
      const { locales, ...chunks } = grouped(readManifest(folder))
      return { code: code.replaceAll('__ASSETS__', JSON.stringify({ ...chunks, locales })), map: null }
    }
  }
}

/** @param {Record<string, string>} manifest */
function grouped(manifest) {
  const locales = /** @type {Record<string, string>} */ ({})
  const chunks = /** @type {Record<string, string>} */ ({})
  for (const [name, file] of Object.entries(manifest)) {
    if (name === 'loader') continue
    if (name.startsWith('locale-')) locales[name.slice('locale-'.length)] = file
    else chunks[name] = file
  }
  return { ...chunks, locales }
}

/** @param {string} folder @returns {Record<string, string>} */
function readManifest(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  } catch {
    return {}
  }
}

/** @param {string} folder @param {string} name @param {string} file */
function note(folder, name, file) {
  mkdirSync(folder, { recursive: true })
  const manifest = { ...readManifest(folder), [basename(name)]: file }
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

// Lets code import `.css` files as minified text and `.json` files as values; used by Rollup and by Vitest alike.
import { readFile } from 'node:fs/promises'
import { transform } from 'lightningcss'

const targets = { chrome: 122 << 16, firefox: 128 << 16, safari: (17 << 16) | (5 << 8) }

/** @returns {import('rollup').Plugin & { enforce: 'pre', configResolved: () => void }} */
export function textModules() {
  let readsJsonItself = false
  return {
    name: 'text-modules',
    enforce: 'pre',
    /** Only Vite calls this; it turns JSON into modules by itself, and would parse ours again. */
    configResolved() {
      readsJsonItself = true
    },
    async load(id) {
      if (id.endsWith('.json') && !readsJsonItself && !id.includes('node_modules')) return `export default ${await readFile(id, 'utf8')}`
      if (!id.endsWith('.css')) return null
      const { code } = transform({ filename: id, code: await readFile(id), minify: true, targets })
      return `export default ${JSON.stringify(code.toString())}`
    }
  }
}

// Writes the console's index.html with the hashed names of its script and style sheets.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { transform } from 'lightningcss'

/** @param {string} folder @returns {import('rollup').Plugin} */
export function consolePage(folder) {
  return {
    name: 'console-page',
    generateBundle(_, bundle) {
      const script = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry)
      const css = styleSheet(folder)
      const style = `assets/console-${createHash('sha256').update(css).digest('base64url').slice(0, 8)}.css`
      const page = readFileSync(join(folder, 'index.html'), 'utf8')
      if (!page.includes('%SCRIPT%') || !page.includes('%STYLE%')) this.error('index.html needs %SCRIPT% and %STYLE%')
      this.emitFile({ type: 'asset', fileName: style, source: css })
      this.emitFile({ type: 'asset', fileName: 'index.html', source: page.replace('%SCRIPT%', script?.fileName ?? '').replace('%STYLE%', style) })
    }
  }
}

/** All of `src/css` in the order of its names, minified. @param {string} folder */
function styleSheet(folder) {
  const files = readdirSync(join(folder, 'src/css'))
    .filter((name) => name.endsWith('.css'))
    .sort()
  if (files.length === 0) throw new Error(`no style sheets in ${folder}/src/css`)
  const code = files.map((name) => readFileSync(join(folder, 'src/css', name), 'utf8')).join('\n')
  return Buffer.from(transform({ filename: 'console.css', code: Buffer.from(code), minify: true }).code)
}

// Writes the console's index.html with the hashed names of its script, style sheet and icon.
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
      const style = `assets/console-${hashOf(css)}.css`
      const page = readFileSync(join(folder, 'index.html'), 'utf8')
      for (const name of ['%SCRIPT%', '%STYLE%', '%ICON%']) if (!page.includes(name)) this.error(`index.html needs ${name}`)
      const icon = readFileSync(join(folder, 'icon.svg'))
      const iconName = `assets/icon-${hashOf(icon)}.svg`
      this.emitFile({ type: 'asset', fileName: style, source: css })
      this.emitFile({ type: 'asset', fileName: iconName, source: icon })
      const source = page
        .replace('%SCRIPT%', script?.fileName ?? '')
        .replace('%STYLE%', style)
        .replace('%ICON%', iconName)
      this.emitFile({ type: 'asset', fileName: 'index.html', source })
    }
  }
}

/** @param {Buffer} content */
function hashOf(content) {
  return createHash('sha256').update(content).digest('base64url').slice(0, 8)
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

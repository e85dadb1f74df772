// What pages run holds nothing that a strict policy forbids or that turns text into markup.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const forbidden = [
  [/\.(innerHTML|outerHTML|srcdoc)\s*=[^=]/, 'assigns markup'],
  [/insertAdjacentHTML|document\.write\b|DOMParser|createContextualFragment/, 'parses markup'],
  [/\beval\(|new Function\(|\bFunction\(["'`]/, 'evaluates text'],
  [/set(Timeout|Interval)\(["'`]/, 'has a timer made of text'],
  [/setAttribute\(["'](style|on\w+)["']/, 'sets a style or handler attribute'],
  [/createElement\(["'](script|style)["']\)/, 'makes a script or style element'],
  [/["'](beforeunload|unload)["']/, 'listens to unload, which keeps pages out of the back/forward cache'],
  [/process\.env/, 'reads process.env'],
  [/history\.(push|replace)State\s*=/, 'patches history'],
  [/https?:\/\/(?!www\.w3\.org\/(1999\/xhtml|2000\/svg|1998\/Math\/MathML))[a-z0-9]/, 'names a host']
]

/** Preact can set markup when a site's own component asks for it; ours never does, and the source scan below proves it. */
const ofPreact = /dangerouslySetInnerHTML/

/** @returns {Promise<import('./gates.mjs').Result>} */
export async function checkShipped() {
  const files = ['packages/widget/dist/cdn', 'packages/console/dist'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js'))
      .map((name) => join(folder, name))
  )
  const problems = [
    ...files.flatMap(scan),
    ...sources()
      .filter((file) => ofPreact.test(readFileSync(file, 'utf8')))
      .map((file) => `${file} sets markup`)
  ]
  return {
    passed: files.length > 3 && problems.length === 0 ? files.length : 0,
    failed: problems.length,
    note: `${files.length} files`,
    say: problems.join('\n')
  }
}

/** @param {string} file */
function scan(file) {
  const code = readFileSync(file, 'utf8')
  return forbidden.flatMap(([pattern, what]) => {
    const found = code.match(/** @type {RegExp} */ (pattern))
    if (!found || isPreactsOwn(code, found.index ?? 0)) return []
    return [`${file} ${what}: …${code.slice(Math.max(0, (found.index ?? 0) - 40), (found.index ?? 0) + 60)}…`]
  })
}

/** Preact's renderer holds one assignment of markup, behind a prop that our sources never set. @param {string} code @param {number} at */
function isPreactsOwn(code, at) {
  return /__html/.test(code.slice(Math.max(0, at - 120), at + 120))
}

function sources() {
  return ['widget', 'console', 'ui'].flatMap((name) =>
    readdirSync(`packages/${name}/src`, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => `packages/${name}/src/${file}`)
  )
}

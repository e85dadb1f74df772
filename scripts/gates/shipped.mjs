// What pages run holds nothing that a strict policy forbids or that turns text into markup.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'

const forbidden = /** @type {[RegExp, string][]} */ ([
  [/\b(innerHTML|outerHTML|srcdoc)(["'`]\])?\s*\+?=[^=]/g, 'assigns markup'],
  [/insertAdjacentHTML|setHTMLUnsafe|document\.write\b|DOMParser|createContextualFragment/g, 'parses markup'],
  [/\beval\(|new Function\(|\bFunction\(["'`]/g, 'evaluates text'],
  [/set(Timeout|Interval)\(["'`]/g, 'has a timer made of text'],
  [/setAttribute\(["'`](style|on\w+)["'`]/g, 'sets a style or handler attribute'],
  [/createElement\(["'`](script|style)["'`]\)/g, 'makes a script or style element'],
  [/["'`]unload["'`]/g, 'listens to unload, which keeps pages out of the back/forward cache'],
  [/process\.env/g, 'reads process.env'],
  [/history\.(push|replace)State\s*=/g, 'patches history'],
  // Names of RFC 2606 that lead nowhere may stand in words: "write it like https://shop.example".
  [/https?:\/\/(?!www\.w3\.org\/(1999\/xhtml|2000\/svg|1998\/Math\/MathML)|([\w-]+\.)*example(\.com)?(?!\.?[\w-]))[a-z0-9]/g, 'names a host']
])

/** On a customer's page nothing is lost that he would have to be asked about. The console asks whoever closes it over settings that are typed and not saved, and listens only meanwhile. */
const question = /** @type {[RegExp, string]} */ ([
  /["'`]beforeunload["'`]/g,
  'listens to beforeunload, which keeps pages out of the back/forward cache'
])
const ofConsole = /^packages\/console\//

/** Preact's renderer holds one assignment of markup, behind a prop that our sources never set (the source scan below proves it); one a file is excused. */
const ofPreact = /\.__html\s*==\s*\w+\.innerHTML\)\s*\|\|\s*\(\w+\.innerHTML\s*=\s*\w+\.__html\)/
const propOfPreact = /dangerouslySetInnerHTML/

/** @returns {Promise<import('./gates.mjs').Result>} */
export async function checkShipped() {
  const files = shippedFiles('.')
  const problems = [
    ...files.flatMap((file) => scan(file, readFileSync(file, 'utf8'))),
    ...sources()
      .filter((file) => propOfPreact.test(readFileSync(file, 'utf8')))
      .map((file) => `${file} sets markup`)
  ]
  return {
    passed: problems.length === 0 ? files.length : 0,
    failed: problems.length,
    note: `${files.length} files`,
    say: problems.join('\n')
  }
}

/** The scripts that a page runs: those of the tag, of the console, and the widget for bundlers. @param {string} root @throws {Error} When one of the three was not built. */
export function shippedFiles(root) {
  const chunks = ['packages/widget/dist/cdn', 'packages/console/dist'].flatMap((folder) => {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
    if (names.length === 0) throw new Error(`${folder} holds no script`)
    return names.map((name) => join(root, folder, name))
  })
  return [...chunks, join(root, 'packages/widget/dist/index.js')].map((file) => relative(root, file))
}

/** Every fault in a script, not only the first of its kind. @param {string} file @param {string} text */
export function scan(file, text) {
  const code = withoutComments(text).replace(ofPreact, '')
  return [...forbidden, ...(ofConsole.test(file) ? [] : [question])].flatMap(([pattern, what]) =>
    [...code.matchAll(pattern)].map(({ index }) => `${file} ${what}: …${code.slice(Math.max(0, index - 40), index + 60)}…`)
  )
}

/** A docstring may name a host; code may not. @param {string} text */
function withoutComments(text) {
  const compilerOptions = { removeComments: true, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext }
  return ts.transpileModule(text, { compilerOptions }).outputText
}

function sources() {
  return ['widget', 'console', 'ui'].flatMap((name) =>
    readdirSync(`packages/${name}/src`, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => `packages/${name}/src/${file}`)
  )
}

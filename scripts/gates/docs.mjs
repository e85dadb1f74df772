// Every public export has a docstring, and every TypeScript block that imports our packages, in docstrings and Markdown, compiles.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'

const published = ['protocol', 'core', 'adapters', 'theme', 'widget', 'server']
const fence = /^[ *]*```(?:ts|tsx)\n([\s\S]*?)^[ *]*```/gm

/** @returns {Promise<import('./gates.mjs').Result>} */
export async function checkDocs() {
  const undocumented = published.flatMap(undocumentedExports)
  const blocks = collectBlocks()
  const broken = compile(blocks)
  const problems = [...undocumented, ...broken]
  return {
    passed: blocks.length > 5 && problems.length === 0 ? 1 : 0,
    failed: problems.length,
    note: `${blocks.length} examples compile`,
    say: problems.join('\n')
  }
}

function options() {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  return ts.parseJsonConfigFileContent({ ...config, include: ['types'] }, ts.sys, '.').options
}

/** @param {string} name */
function undocumentedExports(name) {
  const manifest = JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8'))
  const entries = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === 'string' ? [] : [resolve(`packages/${name}`, entry['@porchlight/source'])]
  )
  const program = ts.createProgram([...entries, resolve('types/text-modules.d.ts')], options())
  const checker = program.getTypeChecker()
  return entries.flatMap((entry) => {
    const file = program.getSourceFile(entry)
    const module = file && checker.getSymbolAtLocation(file)
    if (!module) return [`${entry} exports nothing`]
    return checker
      .getExportsOfModule(module)
      .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
      .filter((symbol) => symbol.getDocumentationComment(checker).length === 0)
      .map((symbol) => `@porchlight/${name}: ${symbol.name} has no docstring`)
  })
}

/** @returns {{ from: string, code: string }[]} */
function collectBlocks() {
  const files = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', ...published.flatMap((name) => sourcesOf(`packages/${name}`))]
  return files
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(fence)].map((match) => ({ from: file, code: (match[1] ?? '').replace(/^ *\* ?/gm, '') }))
    )
    .filter(({ code }) => code.includes('@porchlight/'))
}

/** @param {string} folder */
function sourcesOf(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(src\/.*\.tsx?|[A-Z]+\.md)$/.test(name) && !/\.test\.|node_modules/.test(name))
    .map((name) => join(folder, name))
}

/** @param {readonly { from: string, code: string }[]} blocks */
function compile(blocks) {
  const folder = resolve('packages/e2e/.docs')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  try {
    const files = blocks.map(({ code }, index) => {
      const file = join(folder, `example-${index}.tsx`)
      writeFileSync(file, `${code}\nexport {}\n`)
      return file
    })
    const program = ts.createProgram([...files, resolve('types/text-modules.d.ts')], {
      ...options(),
      isolatedDeclarations: false,
      declaration: false,
      noUnusedLocals: false
    })
    return ts.getPreEmitDiagnostics(program).flatMap((problem) => {
      const index = files.indexOf(problem.file?.fileName ?? '')
      if (index < 0) return []
      return [`${blocks[index]?.from}: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}\n${blocks[index]?.code}`]
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

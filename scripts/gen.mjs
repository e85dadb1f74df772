// `npm run gen`: writes every generated file. A gate compares each with what its generator makes now.
import { writeFileSync } from 'node:fs'
import { ensureInstalled } from './install.mjs'

/** Generators are loaded when they run: in a fresh clone what they import is not there yet. @type {{ file: string, make: () => Promise<string> }[]} */
export const generators = [
  { file: 'packages/protocol/src/server-frame-shapes.ts', make: async () => (await import('./gen/frame-shapes.mjs')).frameShapes() },
  { file: 'packages/protocol/PROTOCOL.md', make: async () => (await import('./gen/protocol-doc.mjs')).protocolDoc() },
  { file: 'docs/scenarios.md', make: async () => (await import('./gen/scenarios-doc.mjs')).scenariosDoc() },
  { file: 'packages/widget/src/shell/launcher-labels.ts', make: async () => (await import('./gen/launcher-labels.mjs')).launcherLabels() },
  { file: 'packages/widget/src/shell/session/session-texts.ts', make: async () => (await import('./gen/launcher-labels.mjs')).sessionTexts() }
]

if (process.argv[1]?.endsWith('gen.mjs')) {
  try {
    ensureInstalled()
    for (const { file, make } of generators) writeFileSync(file, await make())
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}

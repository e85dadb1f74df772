// `npm run gen`: writes every generated file. A gate compares each with what its generator makes now.
import { writeFileSync } from 'node:fs'
import { frameShapes } from './gen/frame-shapes.mjs'
import { launcherLabels, sessionTexts } from './gen/launcher-labels.mjs'
import { protocolDoc } from './gen/protocol-doc.mjs'

/** @type {{ file: string, make: () => Promise<string> | string }[]} */
export const generators = [
  { file: 'packages/protocol/src/server-frame-shapes.ts', make: frameShapes },
  { file: 'packages/protocol/PROTOCOL.md', make: protocolDoc },
  { file: 'packages/widget/src/shell/launcher-labels.ts', make: launcherLabels },
  { file: 'packages/widget/src/shell/session/session-texts.ts', make: sessionTexts }
]

if (process.argv[1]?.endsWith('gen.mjs')) {
  for (const { file, make } of generators) writeFileSync(file, await make())
}

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepAssets } from './kept-assets.js'

const dayMs = 86_400_000
let folder: string
let source: string
let dataFolder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porchlight-assets-'))
  source = join(folder, 'source')
  dataFolder = join(folder, 'data')
})
afterEach(() => rm(folder, { recursive: true }))

/** A start with a release of these files. Resolves to what is served then. */
async function start(names: readonly string[], day: number): Promise<string[]> {
  await rm(source, { recursive: true, force: true })
  await mkdir(source)
  for (const name of names) await writeFile(join(source, name), `// ${name}`)
  const served = await keepAssets({ source, dataFolder, nowMs: day * dayMs })
  return (await readdir(served)).sort()
}

describe('kept assets', () => {
  it('are those of the release that runs', async () => {
    expect(await start(['panel-a.js', 'panel-a.js.br'], 1)).toEqual(['panel-a.js', 'panel-a.js.br'])
    expect(await readFile(join(dataFolder, 'assets', 'panel-a.js'), 'utf8')).toBe('// panel-a.js')
  })

  it('stay for 30 days after the start of the release that no longer names them', async () => {
    await start(['panel-a.js'], 1)
    expect(await start(['panel-b.js'], 100)).toEqual(['panel-a.js', 'panel-b.js'])
    expect(await start(['panel-b.js'], 129)).toEqual(['panel-a.js', 'panel-b.js'])
    expect(await start(['panel-b.js'], 131)).toEqual(['panel-b.js'])
  })

  it('that come back are current again', async () => {
    await start(['panel-a.js'], 1)
    await start(['panel-b.js'], 2)
    await start(['panel-a.js'], 3)
    expect(await start(['panel-a.js'], 60)).toEqual(['panel-a.js'])
  })

  it('survive a damaged record, as far as the release that runs needs them', async () => {
    await start(['panel-a.js'], 1)
    await writeFile(join(dataFolder, 'assets.json'), '{"current":')
    expect(await start(['panel-a.js'], 2)).toEqual(['panel-a.js'])
  })
})

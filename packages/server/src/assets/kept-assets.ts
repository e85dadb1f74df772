import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'

/** Which assets the loader named when the server last started, and since when others are not named any more. */
interface AssetRecord {
  readonly current: readonly string[]
  /** Milliseconds since 1970, by file name. */
  readonly retired: Readonly<Record<string, number>>
}

const AssetRecordSchema: v.GenericSchema<unknown, AssetRecord> = v.object({ current: v.array(v.string()), retired: v.record(v.string(), v.number()) })

/** A page that was opened with an old loader may ask for its assets this much later. */
const keptForMs = 30 * 24 * 3_600_000

/** Where assets come from, where they are kept, and the time. */
export interface KeepAssetsOptions {
  /** Freshly built assets with hashed names. */
  readonly source: string
  readonly dataFolder: string
  readonly nowMs: number
}

/**
 * Copies the hashed assets of this release beside those of earlier ones and removes what no loader of the last 30 days named, so that a
 * cached loader always finds its chunks. Returns the folder to serve from.
 */
export async function keepAssets({ source, dataFolder, nowMs }: KeepAssetsOptions): Promise<string> {
  const folder = join(dataFolder, 'assets')
  const recordPath = join(dataFolder, 'assets.json')
  await mkdir(folder, { recursive: true })
  const fresh = await namesIn(source)
  const record = nextRecord(await readRecord(recordPath), fresh, nowMs)

  const present = await namesIn(folder)
  for (const name of fresh) if (!present.includes(name)) await copyWhole(join(source, name), join(folder, name))
  for (const name of present) if (!fresh.includes(name) && record.retired[name] === undefined) await rm(join(folder, name))
  await writeWhole(recordPath, JSON.stringify(record))
  return folder
}

/** What was current is retired from now on: until this start its loader was handed out. What retired too long ago drops out. */
function nextRecord({ current, retired }: AssetRecord, fresh: readonly string[], now: number): AssetRecord {
  const gone = Object.fromEntries(current.map((name) => [name, now]))
  const kept = Object.entries({ ...retired, ...gone }).filter(([name, since]) => !fresh.includes(name) && since > now - keptForMs)
  return { current: fresh, retired: Object.fromEntries(kept) }
}

async function readRecord(path: string): Promise<AssetRecord> {
  try {
    return v.parse(AssetRecordSchema, JSON.parse(await readFile(path, 'utf8')))
  } catch {
    // Absent at the first start. Lost or damaged, it costs old pages their chunks, and must not cost the start.
    return { current: [], retired: {} }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.part')).map(({ name }) => name)
}

/** A name never stands for half a file, even when the machine stops in between. */
async function copyWhole(from: string, to: string): Promise<void> {
  await copyFile(from, `${to}.part`)
  await rename(`${to}.part`, to)
}

async function writeWhole(path: string, content: string): Promise<void> {
  await writeFile(`${path}.part`, content)
  await rename(`${path}.part`, path)
}

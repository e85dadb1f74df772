import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const packages = new URL('../..', import.meta.url).pathname

/** A folder in which the packages are installed as people would get them. */
export interface PackedInstall {
  readonly folder: string
  readonly remove: () => Promise<void>
}

/** Packs every published package and installs the tarballs into an empty folder. */
export async function installPacked(): Promise<PackedInstall> {
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-packed-'))
  const tarballs = await Promise.all((await publishedPackages()).map((name) => pack(name, folder)))
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', overrides: { 'light-my-request': '6.6.0' } }))
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', ...tarballs], { cwd: folder })
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

async function publishedPackages(): Promise<string[]> {
  const names = await readdir(packages)
  const isPublished = await Promise.all(names.map(async (name) => !JSON.parse(await readFile(join(packages, name, 'package.json'), 'utf8')).private))
  return names.filter((_, index) => isPublished[index])
}

async function pack(name: string, destination: string): Promise<string> {
  const { stdout } = await run('npm', ['pack', '--json', '--loglevel=error', '--pack-destination', destination], { cwd: join(packages, name) })
  const report = JSON.parse(stdout)
  const [first] = Array.isArray(report) ? report : Object.values(report)
  return join(destination, (first as { filename: string }).filename)
}

import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'

const root = new URL('../../..', import.meta.url).pathname
const left = new Set(['node_modules', 'dist', '.git', '.cache', '.porchlight', '.docs'])

/** The repository as a fresh clone after `npm ci`: sources, dependencies, nothing built. */
export interface Checkout {
  readonly folder: string
  readonly remove: () => Promise<void>
}

/** Copies the sources, and links the dependencies instead of fetching them. */
export async function checkOut(): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-clone-'))
  await cp(root, folder, { recursive: true, filter: (path) => !left.has(basename(path)) })
  await linkDependencies(join(root, 'node_modules'), join(folder, 'node_modules'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** A link to each dependency; what links to the repository's own packages leads to those of the copy. */
async function linkDependencies(from: string, to: string): Promise<void> {
  await mkdir(to)
  await cp(join(from, '.package-lock.json'), join(to, '.package-lock.json'))
  const names = (await readdir(from)).filter((name) => name === '.bin' || !name.startsWith('.'))
  await Promise.all(names.filter((name) => name !== '@porchlight').map((name) => symlink(resolve(from, name), join(to, name))))
  await cp(join(from, '@porchlight'), join(to, '@porchlight'), { recursive: true, verbatimSymlinks: true })
}

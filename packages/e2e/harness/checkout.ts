import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, delimiter, join, resolve } from 'node:path'

const root = new URL('../../..', import.meta.url).pathname
const left = new Set(['node_modules', 'dist', '.git', '.cache', '.porchlight', '.docs'])

/** The repository as a fresh clone after `npm ci`: sources, dependencies, nothing built. */
export interface Checkout {
  readonly folder: string
  /** As it is before anything was installed, until `npm ci`, which is the one command that a stand-in for npm on `path` carries out itself. */
  readonly uninstall: () => Promise<{ readonly path: string }>
  readonly remove: () => Promise<void>
}

/** Copies the sources, and links the dependencies instead of fetching them. */
export async function checkOut(): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-clone-'))
  await cp(root, folder, { recursive: true, filter: (path) => !left.has(basename(path)) })
  await linkDependencies(join(root, 'node_modules'), join(folder, 'node_modules'))
  return { folder, uninstall: () => uninstall(folder), remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Sets the dependencies aside. The stand-in puts them back for `npm ci`, so that no network is needed, and hands all else on. */
async function uninstall(folder: string): Promise<{ readonly path: string }> {
  const aside = join(folder, '.set-aside')
  const path = process.env['PATH'] ?? ''
  const npm = path
    .split(delimiter)
    .map((place) => join(place, 'npm'))
    .find((file) => existsSync(file))
  const standIn = `#!/bin/sh\nif [ "$1" = ci ]; then exec mv '${aside}' node_modules; fi\nexec '${npm}' "$@"\n`
  await rename(join(folder, 'node_modules'), aside)
  await mkdir(join(folder, '.bin'), { recursive: true })
  await writeFile(join(folder, '.bin/npm'), standIn, { mode: 0o755 })
  return { path: join(folder, '.bin') + delimiter + path }
}

/** A link to each dependency; what links to the repository's own packages leads to those of the copy. */
async function linkDependencies(from: string, to: string): Promise<void> {
  await mkdir(to)
  await cp(join(from, '.package-lock.json'), join(to, '.package-lock.json'))
  const names = (await readdir(from)).filter((name) => name === '.bin' || !name.startsWith('.'))
  await Promise.all(names.filter((name) => name !== '@porchlight').map((name) => symlink(resolve(from, name), join(to, name))))
  await cp(join(from, '@porchlight'), join(to, '@porchlight'), { recursive: true, verbatimSymlinks: true })
}

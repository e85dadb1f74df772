import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { ChatError, randomText } from '@porchlight/protocol'
import { databasePath } from '../data-folder.js'
import { copyDatabase, syncToDisk } from '../store/database-files.js'
import { random } from '../store/new-ids.js'

/** What is copied, and where to. */
export interface BackupOrder {
  readonly dataFolder: string
  readonly file: string
}

/**
 * Copies the database of a data folder into one file, also while a server runs on it: everything that was acknowledged before the copy began is in it, and
 * nothing without what came before it. The file is there whole or not at all, and for its owner alone.
 *
 * @returns Its size in bytes.
 * @throws {ChatError} `invalid` when there is nothing to copy, or something at the file's name already; `store_unavailable`.
 */
export function backUp({ dataFolder, file }: BackupOrder): number {
  const source = databasePath(resolve(dataFolder))
  const target = resolve(file)
  if (!existsSync(source))
    throw new ChatError('invalid', `there is no database at ${source}: expected PORCHLIGHT_DATA to name the folder of a server`)
  refuseTaken(target)
  const partial = `${target}.${randomText(9, random)}.partial`
  try {
    copyDatabase(source, partial)
    refuseTaken(target)
    renameSync(partial, target)
  } catch (error) {
    for (const path of [partial, `${partial}-journal`]) rmSync(path, { force: true })
    throw error
  }
  syncToDisk(dirname(target))
  return statSync(target).size
}

/** Nothing is written over: an older backup may be the good one. */
function refuseTaken(target: string): void {
  if (existsSync(target)) throw new ChatError('invalid', `there is something at ${target}: expected a name that is free`)
}

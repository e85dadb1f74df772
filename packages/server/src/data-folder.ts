import { accessSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { ChatError } from '@porchlight/protocol'

/**
 * Makes the folder that everything durable lives in, closed to other users of the machine.
 *
 * @throws {ChatError} `invalid` when it cannot be made, read or written.
 */
export function prepareDataFolder(path: string): string {
  const folder = resolve(path)
  try {
    makeFolder(folder)
    readdirSync(folder)
    accessSync(folder, constants.W_OK | constants.X_OK)
    return folder
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new ChatError('invalid', `PORCHLIGHT_DATA is "${path}": expected a folder that can be made and written (${code})`, { cause })
  }
}

/** Where the database of a data folder is. */
export function databasePath(folder: string): string {
  return join(folder, 'porchlight.db')
}

/** Not `recursive: true`, which never returns where a file system denies that a folder it shows exists, as /proc does (seen in Node 20.20). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

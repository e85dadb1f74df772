import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { ChatError } from '@porchlight/protocol'
import Libsql from 'libsql'

/**
 * Takes a data folder for one process: two servers on one database would not hear of each other's commits, and a copy must not be put in
 * place under a server that runs.
 *
 * The lock is SQLite's own on a file beside the database, so the system lets go of it however the process ends.
 *
 * @returns Its release.
 * @throws {ChatError} `invalid` when somebody has it.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'server.lock')
  // Never opened again once it is there: closing a file ends every lock that the process holds on it.
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  const lock = new Libsql(path)
  try {
    lock.exec('begin exclusive')
  } catch (cause) {
    lock.close()
    const isHeld = cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_BUSY'
    if (!isHeld) throw new ChatError('store_unavailable', `the lock at ${path} cannot be taken`, { cause })
    throw new ChatError('invalid', `a server runs on the data folder ${folder}: expected a folder that nothing else uses`)
  }
  return () => void lock.close()
}

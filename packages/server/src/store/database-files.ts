import { closeSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ChatError } from '@porchlight/protocol'
import Libsql from 'libsql'

/** How long a copy waits for a lock. Nobody is served by this process, so it may wait. */
const busyTimeoutMs = 10_000

/**
 * Copies a database into a new file for its owner alone, also while a server writes to it: the copy is what was committed at one moment after the call.
 *
 * @throws {ChatError} `invalid` when the source is no database or the target cannot be made, `store_unavailable` when the source is damaged or the disk fails.
 */
export function copyDatabase(source: string, target: string): void {
  makeOwn(target)
  const database = openReadOnly(source)
  try {
    database.prepare('vacuum into ?').run([target])
  } catch (cause) {
    throw copyFault(source, cause)
  } finally {
    database.close()
  }
  checkWhole(target)
  syncToDisk(target)
}

/** A connection that may not write never tidies up at its end, either: a log that it believes unused stays where it is. */
function openReadOnly(path: string): Libsql.Database {
  return new Libsql(`${pathToFileURL(path).href}?mode=ro`, { timeout: busyTimeoutMs })
}

/** For its owner alone before there is anything in it. */
function makeOwn(path: string): void {
  try {
    closeSync(openSync(path, 'ax', 0o600))
  } catch (cause) {
    throw new ChatError('invalid', `no file can be made in ${dirname(path)}: expected a folder that is there and can be written (${codeOf(cause)})`, {
      cause
    })
  }
}

function copyFault(source: string, cause: unknown): ChatError {
  const code = codeOf(cause)
  if (code === 'SQLITE_NOTADB') return new ChatError('invalid', `${source} is no database`, { cause })
  return new ChatError('store_unavailable', `the database at ${source} cannot be copied (${code})`, { cause })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}

function checkWhole(path: string): void {
  const database = openReadOnly(path)
  try {
    const [found] = database.pragma('quick_check(1)') as readonly object[]
    const verdict = String(Object.values(found ?? {})[0])
    if (verdict !== 'ok') throw new ChatError('store_unavailable', `the copy at ${path} contradicts itself: ${verdict}`)
  } finally {
    database.close()
  }
}

/** Writes a file or a folder through to the disk. */
export function syncToDisk(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

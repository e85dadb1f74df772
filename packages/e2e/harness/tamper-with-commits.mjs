// Loaded into a server before its own code (`node --import`), it lets a test hold its disk, or end the thread that writes:
// a commit waits, blocking its thread as a slow fsync does, as long as the file `hold` is in the folder TAMPER, and ends the thread at `end`.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'

const folder = process.env['TAMPER'] ?? ''
const Libsql = createRequire(new URL('../../server/package.json', import.meta.url))('libsql')
const { prepare } = Libsql.prototype
const clock = new Int32Array(new SharedArrayBuffer(4))

/** @param {string} sql */
Libsql.prototype.prepare = function prepareTampered(sql) {
  const statement = prepare.call(this, sql)
  if (sql !== 'commit' || isMainThread) return statement
  const { run } = statement
  statement.run = (/** @type {unknown[]} */ ...parameters) => {
    if (existsSync(join(folder, 'end'))) process.exit(3)
    while (existsSync(join(folder, 'hold'))) Atomics.wait(clock, 0, 0, 5)
    return run.apply(statement, parameters)
  }
  return statement
}

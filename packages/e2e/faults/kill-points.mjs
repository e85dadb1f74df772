// Loaded with `--import` into a server that a run wants to die at a certain moment of its work. It wraps what the server is given by its libraries,
// so nothing of it is in the server. KILL_POINT is `NAME:COUNT:MICROSECONDS`: at the COUNT-th commit (or answer) that concerns a message.
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

const [point = '', count = '1', delayUs = '0'] = (process.env['KILL_POINT'] ?? '').split(':')
const require = createRequire(new URL('../../server/package.json', import.meta.url))
const die = () => process.kill(process.pid, 'SIGKILL')

if (point === 'afterAckBeforeFanout') wrapSockets(require('ws').WebSocket.prototype)
else if (point !== '') wrapDatabase(require('libsql').prototype)

/** Sees every commit that stores an event. @param {any} database */
function wrapDatabase(database) {
  const { prepare, exec } = database
  const strike = point === 'duringCheckpoint' ? delayedDeath() : die
  let hasEvent = false
  let commits = 0

  /** @param {any} connection @param {string} sql @param {() => unknown} run */
  const watched = (connection, sql, run) => {
    if (/^\s*insert\s+into\s+"?event"?\b/i.test(sql)) hasEvent = true
    if (!/^\s*commit\b/i.test(sql) || !hasEvent) return run()
    hasEvent = false
    if (++commits < Number(count)) return run()
    if (point === 'beforeCommit') die()
    const result = run()
    if (point === 'afterCommitBeforeAck') die()
    if (point === 'duringCheckpoint') {
      strike()
      connection.pragma('wal_checkpoint(TRUNCATE)')
    }
    return result
  }

  database.prepare = function (/** @type {string} */ sql) {
    const statement = prepare.call(this, sql)
    for (const name of ['run', 'all', 'get']) {
      const method = statement[name]
      statement[name] = (/** @type {unknown[]} */ ...parts) => watched(this, sql, () => method.apply(statement, parts))
    }
    return statement
  }
  database.exec = function (/** @type {string} */ sql) {
    return watched(this, sql, () => exec.call(this, sql))
  }
}

/** A checkpoint is one call, so another thread has to strike while it runs. */
function delayedDeath() {
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const code = `
    const { workerData: { signal, delayMs } } = require('node:worker_threads')
    Atomics.wait(signal, 0, 0)
    const until = performance.now() + delayMs
    while (performance.now() < until);
    process.kill(process.pid, 'SIGKILL')`
  new Worker(code, { eval: true, execArgv: [], workerData: { signal, delayMs: Number(delayUs) / 1_000 } }).unref()
  return () => {
    Atomics.store(signal, 0, 1)
    Atomics.notify(signal, 0)
  }
}

/** Holds every message back that is told to somebody, from the answer before the last one on; dies when that is written. @param {any} socket */
function wrapSockets(socket) {
  const { send } = socket
  let answers = 0
  socket.send = function (/** @type {unknown} */ data, /** @type {unknown[]} */ ...rest) {
    const text = String(data)
    const isLast = answers === Number(count) - 1
    if (text.startsWith('{"t":"ev"') && text.includes('"k":"text"') && isLast) return undefined
    if (!text.startsWith('{"t":"ack"') || !text.includes('"seq":') || text.includes('"seq":0')) return send.call(this, data, ...rest)
    return ++answers < Number(count) ? send.call(this, data, ...rest) : send.call(this, data, die)
  }
}

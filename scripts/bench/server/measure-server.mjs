// The server and the client under load, beside what one hand-written process can do in the same run, and beside the disk.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { boundedRow, median } from '../bounded-row.mjs'
import { endChildren, startChild } from './child.mjs'
import { measureCommits, measureDisk } from './disk.mjs'
import { measureMerge } from './merge.mjs'
import { measureOutbox } from './outbox.mjs'
import { measureStorm } from './storm.mjs'
import { measureSyncs } from './syncs.mjs'
import { inTurns, openWire } from './wire-client.mjs'

/** @typedef {import('../table.mjs').Row} Row */

const rounds = 5
const load = { pairs: 1_000, rounds, messages: 6_000, inFlight: 1, rate: 1_000, rateMs: 3_000 }

/** @returns {Promise<Row[]>} */
export async function measureServer() {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-bench-'))
  try {
    const disk = measureDisk(folder)
    const commits = measureCommits(folder)
    const echo = await underLoad('limit-server.mjs', { stores: false })
    const limit = await underLoad('limit-server.mjs', { stores: true, dataFolder: mkdtempSync(join(folder, 'limit-')) })
    const own = await underLoad('porchlight-server.mjs', { port: 0, dataFolder: mkdtempSync(join(folder, 'own-')) })
    const memories = []
    for (let round = 0; round < rounds; round++) memories.push(await memoryPerConnection(mkdtempSync(join(folder, 'idle-'))))
    const syncs = await measureSyncs(mkdtempSync(join(folder, 'syncs-')))
    const stormFolder = mkdtempSync(join(folder, 'storm-'))
    const startAgain = (/** @type {number} */ port) => startChild('porchlight-server.mjs', { port, dataFolder: stormFolder })
    const storm = await measureStorm(startAgain, { clients: 5_000, missed: 10, rounds })
    return [
      boundedRow('fdatasync of this disk, p50', disk.p50, 'ms'),
      boundedRow('fdatasync of this disk, p99', disk.p99, 'ms'),
      boundedRow('commits alone, 64 in one', commits, 'messages/s'),
      boundedRow('sockets alone', echo.speed, 'messages/s'),
      boundedRow('durable messages at 2,000 connections', own.speed, 'messages/s', { aim: 3_000, floor: limit.speed, more: true }),
      boundedRow('of what one hand-written process stores', (own.speed / limit.speed) * 100, '%', { aim: 60, more: true }),
      boundedRow('acknowledged at 1,000/s, p50', own.p50, 'ms', { floor: limit.p50 }),
      boundedRow('acknowledged at 1,000/s, p99', own.p99, 'ms', { aim: 15, floor: limit.p99 }),
      boundedRow('memory of one idle connection more', median(memories), 'KiB', { aim: 15 }),
      ...(syncs === undefined ? [] : [boundedRow('fdatasync for a message acknowledged alone', syncs, 'calls')]),
      boundedRow('5,000 clients back after SIGKILL', median(storm.seconds), 's', { aim: 5 }),
      boundedRow('of them with a message lost or doubled', storm.wrong, 'clients', { cap: 0 }),
      boundedRow('10,000 events merged out of order', await measureMerge(rounds), 'ms', { aim: 50 }),
      boundedRow('from the outbox to the network', await measureOutbox(), 'ms', { aim: 5 })
    ]
  } finally {
    endChildren()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} file @param {object} input */
async function underLoad(file, input) {
  const server = await startChild(file, input)
  const generator = await startChild('load.mjs', { url: server.started.url, ...load })
  const { speeds, waits } = await generator.ask('run')
  await generator.kill()
  await server.kill()
  return {
    speed: median(speeds),
    p50: median(waits.map((/** @type {any} */ each) => each.p50)),
    p99: median(waits.map((/** @type {any} */ each) => each.p99))
  }
}

/** KiB of the server's process for each of 2,000 more welcomed connections that say nothing. @param {string} dataFolder */
async function memoryPerConnection(dataFolder) {
  const server = await startChild('porchlight-server.mjs', { port: 0, dataFolder })
  // The first ones pay for what is there once: compiled code, the heap's young generation, the database's pages.
  const early = await inTurns(1_000, () => openWire(server.started.url))
  const before = await server.ask('memory')
  const count = 2_000
  const wires = await inTurns(count, () => openWire(server.started.url))
  const after = await server.ask('memory')
  await Promise.all([...early, ...wires].map((wire) => wire.close()))
  await server.kill()
  return (after - before) / count / 1_024
}

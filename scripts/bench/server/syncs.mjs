// How often the disk is asked to keep what is acknowledged.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from './child.mjs'
import { newId, openWire } from './wire-client.mjs'

const messages = 200

/** Calls of `fdatasync` for each message that is sent and acknowledged alone; nothing where there is no `strace`. @param {string} folder @returns {Promise<number | undefined>} */
export async function measureSyncs(folder) {
  const log = join(folder, 'calls')
  const trace = ['-f', '-qq', '-e', 'trace=fdatasync,fsync', '-o', log]
  if (spawnSync('strace', [...trace, 'true']).status !== 0) return undefined
  const server = await startChild('porchlight-server.mjs', { port: 0, dataFolder: join(folder, 'data') }, ['strace', ...trace])
  const wire = await openWire(server.started.url)
  const id = newId()
  const opened = wire.answer(id)
  wire.send({ t: 'open', id })
  const { c } = await opened
  const count = () => readFileSync(log, 'utf8').match(/= 0$/gm)?.length ?? 0
  const before = count()
  for (let n = 1; n <= messages; n++) {
    const message = newId()
    const answered = wire.answer(message)
    wire.send({ t: 'pub', c, id: message, n, k: 'text', body: { text: `message ${n}` } })
    await answered
  }
  const calls = count() - before
  await wire.close()
  await server.end()
  return calls / messages
}

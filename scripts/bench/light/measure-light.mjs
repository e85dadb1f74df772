// How many ask for the light of one process on one core and are answered, beside a bare `node:http` that sends the same bytes in the same run.
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { boundedRow, median } from '../bounded-row.mjs'
import { endChildren, startChild } from '../server/child.mjs'

/** @typedef {import('../table.mjs').Row} Row */
/** @typedef {import('../server/child.mjs').Child} Child */

const rounds = 5
const path = '/v1/sites/demo/light?lang=en'
const load = { path, browsers: 32, answers: 20_000, rate: 2_000, rateMs: 3_000 }

/** @returns {Promise<Row[]>} */
export async function measureLight() {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-bench-'))
  try {
    const own = await startChild('porchlight-server.mjs', { port: 0, dataFolder: folder }, onCore(0))
    const bare = await startChild('../light/bare-server.mjs', await repliesOf(own.started.url + path), onCore(0))
    const ownAsker = await startAsker(own)
    const bareAsker = await startAsker(bare)
    const results = { own: /** @type {any[]} */ ([]), bare: /** @type {any[]} */ ([]) }
    // In turns, so that what the machine does meanwhile happens to both.
    for (let round = 0; round < rounds; round++) {
      results.bare.push(await oneRound(bare, bareAsker))
      results.own.push(await oneRound(own, ownAsker))
    }
    return rowsOf(results)
  } finally {
    endChildren()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the asker saw, and what an answer took of the server's core. @param {Child} server @param {Child} asker */
async function oneRound(server, asker) {
  const before = await server.ask('cpu')
  const seen = await asker.ask('run')
  return { ...seen, cpuUs: ((await server.ask('cpu')) - before) / (load.answers + (load.rate * load.rateMs) / 1_000) }
}

/** @param {Child} server */
function startAsker(server) {
  return startChild('../light/asker.mjs', { url: server.started.url, ...load }, onCore(1))
}

/** A core of its own for the server and another for who asks; where cores cannot be given out, the system shares them. @param {number} core */
function onCore(core) {
  return process.platform === 'linux' && availableParallelism() > 1 ? ['taskset', '-c', String(core)] : []
}

/** Both replies, head and body, for the bare server to send. @param {string} url */
async function repliesOf(url) {
  const full = await fetch(url)
  const headers = headersOf(full)
  const unchanged = await fetch(url, { headers: { 'if-none-match': headers['etag'] ?? '' } })
  return { headers, body: await full.text(), unchangedHeaders: headersOf(unchanged) }
}

/** Without those that Node writes by itself. @param {Response} response @returns {Record<string, string>} */
function headersOf({ headers }) {
  return Object.fromEntries([...headers].filter(([name]) => !['connection', 'date', 'keep-alive'].includes(name)))
}

/** @param {{ own: any[], bare: any[] }} results @returns {Row[]} */
function rowsOf({ own, bare }) {
  const middle = (/** @type {any[]} */ each, /** @type {string} */ name) => median(each.map((result) => result[name]))
  const speeds = { own: middle(own, 'speed'), bare: middle(bare, 'speed') }
  const wait = (/** @type {string} */ name) => boundedRow(`the light at 2,000/s, ${name}`, middle(own, name), 'ms', { floor: middle(bare, name) })
  const slowest = Math.min(...own.map(({ speed }) => speed))
  const fastest = Math.max(...own.map(({ speed }) => speed))
  return [
    boundedRow('the light, one process on one core', speeds.own, 'answers/s', { aim: 5_000, floor: speeds.bare, more: true }),
    boundedRow('of what a bare node:http sends', (speeds.own / speeds.bare) * 100, '%'),
    boundedRow('core time of one answer', middle(own, 'cpuUs'), 'µs', { floor: middle(bare, 'cpuUs') }),
    boundedRow('of them short, because the asker held it', middle(own, 'shortShare') * 100, '%'),
    boundedRow('slowest round', slowest, 'answers/s'),
    boundedRow('fastest round', fastest, 'answers/s'),
    ...['p50', 'p95', 'p99'].map(wait)
  ]
}

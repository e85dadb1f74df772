// `npm run bench [-- NAME]`: what the product costs, beside the floor measured in the same run. A table, then the same as JSON.
// Without a name, what pages pay; `light` and `server` need the machine for themselves, and are measured when they are asked for.
import { ensureInstalled } from './install.mjs'

const benches = /** @type {Record<string, () => Promise<import('./bench/table.mjs').Row[]>>} */ ({
  bytes: async () => (await import('./bench/bytes.mjs')).measureBytes(),
  requests: async () => (await import('./bench/requests.mjs')).measureRequests(),
  light: async () => (await import('./bench/light/measure-light.mjs')).measureLight(),
  server: async () => (await import('./bench/server/measure-server.mjs')).measureServer()
})
const always = ['bytes', 'requests']

const named = process.argv.slice(2)
const unknown = named.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(`No bench named ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}

try {
  ensureInstalled()
  const { build } = await import('./build.mjs')
  const { printTable } = await import('./bench/table.mjs')
  build()
  const rows = []
  for (const name of named.length > 0 ? named : always) rows.push(...((await benches[name]?.()) ?? []))
  printTable(rows)
  console.log(JSON.stringify(rows))
  process.exitCode = rows.every((row) => row.isWithin) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

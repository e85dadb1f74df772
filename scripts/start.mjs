// `npm start`: installs, builds and runs Porchlight with its demo shop, doing each step only when something changed.
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './install.mjs'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Porchlight needs Node 20.19 or newer; this is ${process.versions.node}.\n`)
  process.exit(2)
}

try {
  if (ensureInstalled()) process.stdout.write('Installed.\n')
  const { build } = await import('./build.mjs')
  if (build()) process.stdout.write('Built.\n')
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exit(1)
}

if (process.env['npm_lifecycle_event'] === 'start') stopWithNpm()

process.env['PORCHLIGHT_DEMO'] ??= '1'
const main = new URL('../packages/server/dist/main.js', import.meta.url)
process.argv[1] = fileURLToPath(main)
await import(main.href)

/** npm runs this in a shell that hands no signal on: when npm alone is ended, what it started would run for ever. */
function stopWithNpm() {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250).unref()
}

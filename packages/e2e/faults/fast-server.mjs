// The built server on a clock that runs SPEED times as fast, in a process of its own: whoever stops that for a second has stopped it for SPEED of its seconds.
import { createServer } from '@porchlight/server'

const { SPEED = '1', PORT = '0', DATA = '', OWNER = '{}', LIMITS = '{}' } = process.env
const speed = Number(SPEED)
const startedAt = Date.now()
const clock = {
  now: () => Math.floor(startedAt + (Date.now() - startedAt) * speed),
  setTimer: (/** @type {() => void} */ callback, /** @type {number} */ delayMs) => {
    const timer = setTimeout(callback, Math.max(0, delayMs) / speed)
    return () => clearTimeout(timer)
  }
}
const server = await createServer({ dataFolder: DATA, port: Number(PORT), isDemo: true, clock, owner: JSON.parse(OWNER), limits: JSON.parse(LIMITS) })
const { url } = await server.listen()
process.stdout.write(`on at ${url}\n`)

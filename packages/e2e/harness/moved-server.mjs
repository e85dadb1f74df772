// The built server on a clock of its own, in a process of its own: each SIGUSR2 takes it STEP_MS ahead, and what was due in between is done at once.
import { createServer } from '@porchlight/server'

const { DATA = '', OWNER = '{}', STEP_MS = '5000' } = process.env
/** @type {Set<() => void>} */
const waiting = new Set()
let aheadMs = 0
const clock = {
  now: () => Date.now() + aheadMs,
  setTimer: (/** @type {() => void} */ callback, /** @type {number} */ delayMs) => {
    const dueAt = clock.now() + delayMs
    /** @type {NodeJS.Timeout | undefined} */
    let timer
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(ring, Math.max(0, dueAt - clock.now()))
    }
    const ring = () => {
      waiting.delete(wait)
      callback()
    }
    waiting.add(wait)
    wait()
    return () => {
      waiting.delete(wait)
      clearTimeout(timer)
    }
  }
}
process.on('SIGUSR2', () => {
  aheadMs += Number(STEP_MS)
  for (const wait of [...waiting]) wait()
})
const server = await createServer({ dataFolder: DATA, port: 0, isDemo: true, clock, owner: JSON.parse(OWNER) })
const { url } = await server.listen()
process.stdout.write(`on at ${url}\n`)

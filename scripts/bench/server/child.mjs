// A program of the bench in a process of its own, which speaks with this one by messages.
import { fork } from 'node:child_process'
import { once } from 'node:events'

/**
 * @typedef {object} Child
 * @property {any} started What it said first.
 * @property {(question: string) => Promise<any>} ask
 * @property {() => Promise<void>} kill Without warning, as a power cut would.
 * @property {() => Promise<void>} end
 */

const running = /** @type {Set<import('node:child_process').ChildProcess>} */ (new Set())

/** Ends what a bench that failed has left. */
export function endChildren() {
  for (const child of running) child.kill('SIGKILL')
}

/**
 * Starts a module beside this one and waits for its first message.
 *
 * @param {string} file @param {unknown} [input]
 * @param {readonly string[]} [under] A program, with its parameters, that runs it. @returns {Promise<Child>}
 */
export async function startChild(file, input = {}, under = []) {
  const [execPath = '', ...execArgv] = [...under, process.execPath, '--expose-gc']
  const child = fork(new URL(file, import.meta.url), [JSON.stringify(input)], { execPath, execArgv })
  const ended = once(child, 'exit')
  running.add(child)
  child.on('exit', () => running.delete(child))
  const started = await Promise.race([once(child, 'message').then(([message]) => message), ended.then(([code]) => fail(file, code))])
  return {
    started,
    ask: async (question) => {
      child.send(question)
      const [answer] = await Promise.race([once(child, 'message'), ended.then(([code]) => fail(file, code))])
      return answer
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    end: async () => {
      child.disconnect()
      await ended
    }
  }
}

/** @param {string} file @param {number | null} code @returns {never} */
function fail(file, code) {
  throw new Error(`${file} ended with ${code}`)
}

/** What the parent gave to this process. @returns {any} */
export function input() {
  return JSON.parse(process.argv[2] ?? '{}')
}

/** Tells the parent. @param {unknown} message */
export function tell(message) {
  process.send?.(message)
}

/** Answers what the parent asks, and ends with it. @param {Record<string, () => unknown>} answers */
export function answerParent(answers) {
  process.on('disconnect', () => process.exit(0))
  process.on('message', (question) => void Promise.resolve(answers[String(question)]?.()).then(tell))
}

/** Microseconds that this process has had of a core, whatever else the machine does. */
export function usedCpuUs() {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Bytes that this process holds once nothing is left to collect. */
export function settledMemory() {
  for (let round = 0; round < 3; round++) globalThis.gc?.()
  return process.memoryUsage().rss
}

// Loaded into a server before its own code (`node --import`): each of its threads writes down every five seconds what it holds after it was tidied up, as lines of `MEMORY_FILE`.
import { appendFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { threadId } from 'node:worker_threads'

const file = process.env['MEMORY_FILE'] ?? ''
setFlagsFromString('--expose-gc')
const tidy = runInNewContext('gc')
setInterval(() => {
  tidy()
  const { heapUsed, external } = process.memoryUsage()
  appendFileSync(file, `${JSON.stringify({ at: Date.now(), thread: threadId, bytes: heapUsed + external })}\n`)
}, 5_000).unref()

// Loaded into a server before its own code (`node --import`): each of its threads writes down every five seconds what it holds after it was tidied up, as lines of `MEMORY_FILE`.
import { appendFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { threadId } from 'node:worker_threads'
import { heldBytes } from './held-bytes.mjs'

const file = process.env['MEMORY_FILE'] ?? ''
setFlagsFromString('--expose-gc')
const tidy = runInNewContext('gc')
setInterval(async () => {
  const bytes = await heldBytes(tidy)
  appendFileSync(file, `${JSON.stringify({ at: Date.now(), thread: threadId, bytes })}\n`)
}, 5_000).unref()

// The thread that owns the only writing connection.
import { workerData } from 'node:worker_threads'
import type { ThreadData } from './messages.js'
import { serveWrites } from './serve-writes.js'

const { port, ...options } = workerData as ThreadData
serveWrites(port, options)

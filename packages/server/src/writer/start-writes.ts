import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { ThreadData, WritesOptions } from './messages.js'
import { serveWrites } from './serve-writes.js'

/** What a commit leaves behind is soon nobody's; by itself the thread would let 48 MB of it gather. */
const maxYoungGenerationSizeMb = 4

/** The line to the writing side. */
export interface WritesLine {
  readonly port: MessagePort
  /** Keeps the process alive, or lets it end, whatever the line waits for. */
  readonly hold: (isHeld: boolean) => void
  /** Resolves when it has ended: to null where it was asked to, and else to why. */
  readonly ended: Promise<Error | null>
}

/**
 * Starts the writing side in a thread of its own, so that a slow disk holds up nobody who only reads or listens. A thread needs a file that
 * Node can load by itself; run from the TypeScript sources, as tests do, the same code answers on a channel within this thread.
 */
export function startWrites(options: WritesOptions): WritesLine {
  const { port1: port, port2 } = new MessageChannel()
  if (import.meta.url.endsWith('.ts')) {
    serveWrites(port2, options)
    return { port, hold: (isHeld) => hold(port, isHeld), ended: new Promise((resolve) => port.once('close', () => resolve(null))) }
  }
  const data: ThreadData = { ...options, port: port2 }
  const resourceLimits = { maxYoungGenerationSizeMb }
  const thread = new Worker(new URL('./thread.js', import.meta.url), { workerData: data, transferList: [port2], resourceLimits })
  return {
    port,
    hold: (isHeld) => {
      hold(port, isHeld)
      hold(thread, isHeld)
    },
    ended: endOf(thread)
  }
}

function hold(handle: MessagePort | Worker, isHeld: boolean): void {
  if (isHeld) handle.ref()
  else handle.unref()
}

function endOf(thread: Worker): Promise<Error | null> {
  return new Promise((resolve) => {
    thread.once('error', resolve)
    thread.once('exit', (code) => resolve(code === 0 ? null : new Error(`the writing thread ended with ${code}`)))
  })
}

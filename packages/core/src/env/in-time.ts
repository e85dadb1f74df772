import { ChatError } from '@porchlight/protocol'
import type { Env } from './env.js'

/** What `promise` comes to, or a rejection with `timeout` after `waitMs`. */
export function inTime<T>(env: Env, promise: Promise<T>, waitMs: number): Promise<T> {
  let stop: (() => void) | undefined
  const late = new Promise<never>((_, reject) => {
    stop = env.setTimer(() => reject(new ChatError('timeout', 'no answer in time')), waitMs)
  })
  return Promise.race([promise, late]).finally(stop)
}

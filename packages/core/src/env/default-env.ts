import { browserEnv } from './browser-env.js'
import type { Env } from './env.js'
import { plainEnv } from './plain-env.js'

/** The world as it is: a page's, or without one a plain one that keeps everything in memory. */
export function defaultEnv(): Env {
  return typeof document === 'undefined' ? plainEnv() : browserEnv()
}

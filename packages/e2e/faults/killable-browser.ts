import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { findChromium } from '../../../scripts/find-browser.mjs'
import { desktop, launchArguments } from '../harness/browser.js'
import { becomes } from './layer.js'

/** A browser with a profile on the disk, whose process can be killed and started again. */
export interface KillableBrowser {
  readonly context: () => BrowserContext
  /** Ends all of its processes without warning, and starts it again on the same profile. Linux only. */
  readonly killAndRestart: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts a browser whose pages think that it is `skewMs` later than it is. */
export async function startKillableBrowser(skewMs = 0): Promise<KillableBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'porchlight-profile-'))
  const start = async () => {
    const options = { ...desktop, executablePath: findChromium(), args: [...launchArguments] }
    const next = await chromium.launchPersistentContext(profile, options)
    if (skewMs !== 0) await next.addInitScript(skewClock, skewMs)
    return next
  }
  let context = await start()
  return {
    context: () => context,
    killAndRestart: async () => {
      for (const pid of processesOf(profile)) process.kill(pid, 'SIGKILL')
      await becomes(() => processesOf(profile).length === 0)
      context = await start()
    },
    close: async () => {
      await context.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    }
  }
}

/** Processes that were started on a profile. One that has ended and waits for its parent has no command line. */
function processesOf(profile: string): readonly number[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && commandOf(pid).includes(profile))
    .map(Number)
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // It ended while we looked.
    return ''
  }
}

/** Runs in each page before its own scripts. */
function skewClock(offsetMs: number): void {
  const RealDate = Date
  const now = () => RealDate.now() + offsetMs
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, parts: [] | [number]) => (parts.length === 0 ? new target(now()) : new target(...(parts as [number]))),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver))
  })
}

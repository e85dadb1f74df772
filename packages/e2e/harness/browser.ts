import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'
import { findChromium } from '../../../scripts/find-browser.mjs'

/** Chromium without background traffic, which a closed network would refuse many times a second. */
export const launchArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run'
]

let running: Promise<Browser> | undefined

/** The one browser of this test run; contexts keep tests apart. */
function browser(): Promise<Browser> {
  running ??= chromium.launch({ executablePath: findChromium(), args: [...launchArguments] })
  return running
}

/** A browser of its own that keeps pages which were left, as people's browsers do and Playwright's does not. */
export function browserWithCache(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: [...launchArguments], ignoreDefaultArgs: ['--disable-back-forward-cache'] })
}

/** A browser whose profile is on the disk: closed and started again on the same one it is the same person's. */
export function browserOn(profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, { ...desktop, executablePath: findChromium(), args: [...launchArguments] })
}

export async function closeBrowser(): Promise<void> {
  await (await running)?.close()
  running = undefined
}

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: 'en-GB'
}
export const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, locale: 'en-GB' }

/** A person with a browser profile of their own. */
export async function person(options: BrowserContextOptions): Promise<BrowserContext> {
  return (await browser()).newContext({ ...options, serviceWorkers: 'block' })
}

import { execSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium } from '../find-browser.mjs'

const install = 'apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 chromium fonts-dejavu-core'

/** Makes sure that there is a Chromium: found, or installed from Debian's packages when run as root. */
export function provideBrowser() {
  try {
    findChromium()
  } catch (error) {
    if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get') || process.env['CHROME_PATH']) throw error
    execSync(`apt-get update -q && ${install}`, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    findChromium()
  }
}

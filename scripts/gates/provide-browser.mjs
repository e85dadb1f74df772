import { execSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium } from '../find-browser.mjs'

/**
 * Makes sure that there is a Chromium: found, or installed from Debian's packages when run as root.
 * @param {{ find?: () => string, canInstall?: () => boolean, install?: () => void }} [machine]
 * @throws {Error} With what to install.
 */
export function provideBrowser({ find = findChromium, canInstall = isRootOnDebian, install = installFromDebian } = {}) {
  try {
    find()
  } catch (missing) {
    if (!canInstall()) throw missing
    try {
      install()
    } catch (cause) {
      throw new Error(/** @type {Error} */ (missing).message, { cause })
    }
    find()
  }
}

/** Somebody who names his browser wants no other. */
function isRootOnDebian() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && !process.env['CHROME_PATH']
}

function installFromDebian() {
  const install = 'apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 chromium fonts-dejavu-core'
  execSync(`apt-get update -q && ${install}`, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}

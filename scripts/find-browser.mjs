// Finds Chromium: CHROME_PATH, then the usual places, then PATH.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe'
]
const usualNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']

/** @param {import('./find-browser.mjs').Machine} [machine] @returns {string} Path of an executable. @throws {Error} With what to install. */
export function findChromium({ environment = process.env, places = usualPlaces } = {}) {
  const named = environment['CHROME_PATH']
  if (named) {
    if (isExecutable(named)) return named
    throw new Error(`CHROME_PATH names ${named}, which cannot be run.`)
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const found = [...places, ...folders.flatMap((folder) => usualNames.map((name) => join(folder, name)))].find(isExecutable)
  if (found) return found
  throw new Error('No Chromium found. Install it (Debian: apt-get install chromium) or set CHROME_PATH.')
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

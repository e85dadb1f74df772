import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { findChromium } from './find-browser.mjs'
import { provideBrowser } from './gates/provide-browser.mjs'

const folder = mkdtempSync(join(tmpdir(), 'porchlight-browser-'))
const browser = join(folder, 'chromium')
const notes = join(folder, 'notes.txt')
writeFileSync(browser, '#!/bin/sh\n')
chmodSync(browser, 0o755)
writeFileSync(notes, '')
afterAll(() => rmSync(folder, { recursive: true }))

const missing = 'No Chromium found. Install it (Debian: apt-get install chromium) or set CHROME_PATH.'

it('CHROME_PATH comes before all else, and is believed or refused, never passed over', () => {
  expect(findChromium({ environment: { CHROME_PATH: browser }, places: ['/usr/bin/env'] })).toBe(browser)
  expect(() => findChromium({ environment: { CHROME_PATH: notes, PATH: folder } })).toThrow(`CHROME_PATH names ${notes}, which cannot be run.`)
})

it('the usual places come next, then PATH', () => {
  expect(findChromium({ environment: { PATH: folder }, places: ['/nowhere/chromium', '/usr/bin/env'] })).toBe('/usr/bin/env')
  expect(findChromium({ environment: { PATH: `/nowhere:${folder}` }, places: [] })).toBe(browser)
})

it('where there is none, one line says what to install', () => {
  expect(() => findChromium({ environment: { PATH: '/nowhere' }, places: ['/nowhere/chromium', notes] })).toThrow(missing)
})

it('a browser that is there is not installed', () => {
  const install = vi.fn()
  provideBrowser({ find: () => browser, canInstall: () => true, install })
  expect(install).not.toHaveBeenCalled()
})

it('a missing browser is installed where that is possible, and looked for again', () => {
  const found = [() => findChromium({ environment: {}, places: [] }), () => browser]
  const install = vi.fn()
  provideBrowser({ find: () => /** @type {() => string} */ (found.shift())(), canInstall: () => true, install })
  expect(install).toHaveBeenCalledOnce()
  expect(found).toEqual([])
})

it('where it cannot be installed, or is named by CHROME_PATH, the same line says so', () => {
  const find = () => findChromium({ environment: {}, places: [] })
  expect(() => provideBrowser({ find, canInstall: () => false, install: vi.fn() })).toThrow(missing)
  const install = () => {
    throw new Error('apt-get: 200 lines')
  }
  expect(() => provideBrowser({ find, canInstall: () => true, install })).toThrow(missing)
})

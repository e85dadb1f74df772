// What the disk under the bench does by itself: times move with it, so they stand beside each figure.
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openRows } from './rows.mjs'

/** Milliseconds of an `fdatasync` after 4 KiB: half take no longer, and 99 in a hundred. @param {string} folder */
export function measureDisk(folder) {
  const path = join(folder, 'disk')
  const file = openSync(path, 'w')
  const block = Buffer.alloc(4_096, 1)
  const times = Array.from({ length: 500 }, () => {
    writeSync(file, block)
    const startMs = performance.now()
    fdatasyncSync(file)
    return performance.now() - startMs
  }).sort((a, b) => a - b)
  closeSync(file)
  rmSync(path)
  return { p50: /** @type {number} */ (times[250]), p99: /** @type {number} */ (times[495]) }
}

/** Messages a second that a loop stores with nothing else to do, 64 in a commit. @param {string} folder */
export function measureCommits(folder) {
  const rows = openRows(join(folder, 'loop.db'))
  const batches = 100
  const startMs = performance.now()
  for (let batch = 0; batch < batches; batch++) {
    rows.store(
      Array.from({ length: 64 }, (_, index) => ({
        c: `c_${index}`,
        id: crypto.randomUUID(),
        n: batch,
        now: Date.now(),
        text: '{"text":"Is this lamp in stock in green?"}'
      }))
    )
  }
  const perSecond = (batches * 64) / ((performance.now() - startMs) / 1_000)
  rows.close()
  return perSecond
}

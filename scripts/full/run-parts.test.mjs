import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { environment } from './environment.mjs'
import { runParts } from './run-parts.mjs'

const here = environment()
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-evidence-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function aRun({ sources = 'one', seed = '7' } = {}) {
  const lines = /** @type {string[]} */ ([])
  const ran = /** @type {string[]} */ ([])
  const part = (/** @type {string} */ name, result = /** @type {import('../gates/gates.mjs').Result} */ ({ passed: 2, failed: 0 })) => ({
    name,
    run: async (/** @type {string} */ given) => {
      ran.push(`${name} ${given}`)
      return result
    }
  })
  const path = join(folder, 'evidence.json')
  return {
    lines,
    ran,
    part,
    written: () => JSON.parse(readFileSync(path, 'utf8')),
    go: (/** @type {readonly import('./run-parts.mjs').Part[]} */ parts) =>
      runParts(parts, {
        path,
        commit: `commit of ${sources}`,
        sources,
        seed,
        print: (line) => void lines.push(line),
        now: () => Date.UTC(2026, 0, 2),
        here
      })
  }
}

describe('a long run', () => {
  it('goes on after a failure, counts everything, and writes down each part with its date and the seed', async () => {
    const { go, part, ran, written } = aRun()
    expect(await go([part('first'), part('second', { passed: 1, failed: 3, say: 'what was wrong' }), part('third')])).toEqual({
      passed: 5,
      failed: 3
    })
    expect(ran).toEqual(['first 7', 'second 7', 'third 7'])
    expect(written()).toMatchObject({ parts: { second: { failed: 3, seed: '7', date: '2026-01-02T00:00:00.000Z' } } })
  })

  it('says in its file what it is, and for each part which sources it ran on and where, and not whose machine that was', async () => {
    const { go, part, written } = aRun()
    await go([part('first')])
    const { says, parts } = written()
    expect(says).toMatch(/`npm run test:full`/)
    expect(parts.first).toMatchObject({ commit: 'commit of one', sources: 'one' })
    expect(Object.keys(parts.first.environment)).toEqual(['node', 'system', 'processors', 'memoryGiB', 'browser'])
    expect(JSON.stringify(parts)).not.toContain('/')
  })

  it('begun again on the same sources runs only what has not passed, under the first seed', async () => {
    const first = aRun()
    await first.go([first.part('good'), first.part('bad', { passed: 0, failed: 1 })])
    const second = aRun({ seed: '8' })
    expect(await second.go([second.part('good'), second.part('bad')])).toEqual({ passed: 4, failed: 0 })
    expect(second.ran).toEqual(['bad 7'])
    expect(second.lines[0]).toContain('kept good')
  })

  it('leaves what another run has written meanwhile', async () => {
    const { go, part, written } = aRun()
    const slow = { name: 'slow', run: async () => go([part('quick')]) }
    await go([slow, part('last')])
    expect(Object.keys(written().parts)).toEqual(['quick', 'slow', 'last'])
  })

  it('begins anew on other sources, counts nothing of the earlier ones, and leaves what they showed until it is shown again', async () => {
    const first = aRun()
    await first.go([first.part('good'), first.part('long', { passed: 900, failed: 0 })])
    const second = aRun({ sources: 'two', seed: '8' })
    expect(await second.go([second.part('good')])).toEqual({ passed: 2, failed: 0 })
    expect(second.ran).toEqual(['good 8'])
    expect(second.written().parts).toMatchObject({ good: { sources: 'two', seed: '8' }, long: { sources: 'one', seed: '7' } })
  })

  it('takes a part that looked at nothing, or threw, for a failure', async () => {
    const { go, part } = aRun()
    const broken = { name: 'broken', run: async () => Promise.reject(new Error('no browser')) }
    expect(await go([part('empty', { passed: 0, failed: 0 }), broken])).toEqual({ passed: 0, failed: 2 })
  })
})

import { expect, it } from 'vitest'
import { runGates } from './run-gates.mjs'
import { capture } from './run-tool.mjs'

const good = { name: 'good', run: async () => ({ passed: 3, failed: 0 }) }
const never = {
  name: 'never',
  run: () => {
    throw new Error('it ran')
  }
}

/** @param {readonly import('./gates.mjs').Gate[]} gates */
async function linesOf(gates) {
  const lines = /** @type {string[]} */ ([])
  const total = await runGates(gates, (line) => void lines.push(line.replace(/ +\d+\.\d s/, ' 0 s')))
  return { lines, total }
}

it('each gate that passes is one line', async () => {
  const noted = { name: 'noted', run: async () => ({ passed: 1, failed: 0, note: '12 files' }) }
  expect(await linesOf([good, noted])).toEqual({
    lines: ['ok   good 0 s  3 passed', 'ok   noted 0 s  12 files'],
    total: { passed: 4, failed: 0 }
  })
})

it.each([
  ['fails', async () => ({ passed: 2, failed: 2, say: 'two are wrong' }), 'two are wrong', { passed: 5, failed: 2 }],
  ['looked at nothing', async () => ({ passed: 0, failed: 0 }), 'nothing ran', { passed: 3, failed: 1 }],
  ['rejects', () => Promise.reject(new Error('it broke')), 'it broke', { passed: 3, failed: 1 }],
  ['throws', never.run, 'it ran', { passed: 3, failed: 1 }]
])('a gate that %s is the last one, and counts', async (_, run, say, total) => {
  expect(await linesOf([good, { name: 'bad', run }, never])).toEqual({
    lines: ['ok   good 0 s  3 passed', 'FAIL bad 0 s', say],
    total
  })
})

it('npm test ends in its totals whatever happens, and knows its gates by name', async () => {
  const { code, output } = await capture(['scripts/check.mjs', '--only=nothing'])
  expect(code).toBe(1)
  expect(output).toMatch(/^no gate is called nothing; there are: lint, types, .*browser, examples$/m)
  expect(output.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed')
}, 60_000)

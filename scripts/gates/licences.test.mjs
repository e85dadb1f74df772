import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { everywhere, forbiddenBelow, isAllowed, onServers } from './licences.mjs'

it.each([
  'MIT',
  '(MIT OR CC0-1.0)',
  'GPL-3.0-only OR MIT',
  'MIT AND ISC',
  '(MIT AND (GPL-2.0-only OR BSD-3-Clause))',
  'GPL-3.0-only AND CC0-1.0 OR MIT'
])('%s leaves a choice that is allowed', (expression) => {
  expect(isAllowed(expression, everywhere)).toBe(true)
})

it.each([
  '',
  'GPL-3.0-only',
  'MIT AND GPL-3.0-only',
  'GPL-3.0-only AND MIT',
  'MIT AND (GPL-2.0-only OR AGPL-3.0-only)',
  '(MIT OR ISC) AND GPL-3.0-only',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'SEE LICENSE IN LICENSE',
  'MIT OR',
  'MIT MIT',
  '(MIT',
  'MIT)',
  'MIT/GPL-3.0'
])('%s does not', (expression) => {
  expect(isAllowed(expression, everywhere)).toBe(false)
})

it('what a dependency pulls in counts, through our own packages too, and what only tests use does not', () => {
  const lock = {
    'packages/widget': { dependencies: { '@porchlight/core': '1' }, devDependencies: { tool: '1' } },
    'packages/core': { dependencies: { store: '1' } },
    'node_modules/@porchlight/core': { link: true, resolved: 'packages/core' },
    'node_modules/store': { license: 'MIT', dependencies: { deep: '1' } },
    'node_modules/deep': { license: 'MIT' },
    'node_modules/store/node_modules/deep': { license: 'MIT AND GPL-3.0-only' },
    'node_modules/tool': { license: 'MPL-2.0' }
  }
  expect(forbiddenBelow(lock, ['packages/widget'], everywhere)).toEqual({ seen: 3, problems: ['deep is licensed MIT AND GPL-3.0-only'] })
})

it('CONTRIBUTING.md lists what is allowed, and nothing else', () => {
  const [sentence = ''] = readFileSync('CONTRIBUTING.md', 'utf8').match(/licensed [^\n]*?\)/) ?? []
  const [general = '', special = ''] = sentence.split('(')
  const named = (/** @type {string} */ text) => text.match(/\b(?:MIT|ISC|0BSD|BSD|[A-Z]\w+-\d[\d.]*)(?=[\s,)]|$)/gi) ?? []
  expect(named(general)).toEqual(['MIT', 'Apache-2.0', 'BSD', '0BSD', 'ISC'])
  expect([...new Set(everywhere.map((id) => id.replace(/^BSD-.*/, 'BSD')))]).toEqual(named(general))
  expect(named(special)).toEqual([...onServers.filter((id) => !everywhere.includes(id)), 'MPL-2.0'])
})

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { withoutCap } from './sizes.mjs'

const caps = [{ path: 'cdn/porchlight.js' }, { path: ['cdn/assets/panel-*.js', 'cdn/assets/headless-*.js'] }]

it('a chunk that no cap names is found', () => {
  const named = ['cdn/porchlight.js', 'cdn/assets/panel-a1_b-.js', 'cdn/assets/headless-c2.js']
  const unnamed = ['cdn/assets/extra-a1.js', 'cdn/assets/panel-a1/more.js', 'cdn/other/porchlight.js']
  expect(withoutCap([...named, ...unnamed], caps)).toEqual(unnamed)
})

it('every entry of the tag’s chunks has a cap', () => {
  const files = ['headless', 'inline', 'panel', 'locale-pl', 'locale-ru', 'poll'].map((name) => `packages/widget/dist/cdn/assets/${name}-a1.js`)
  expect(withoutCap(files, JSON.parse(readFileSync('.size-limit.json', 'utf8')))).toEqual([])
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const theme = readFileSync(join(import.meta.dirname, '../../../theme/src/css/base.css'), 'utf8')
const own = readFileSync(join(import.meta.dirname, '../css/tokens.css'), 'utf8')

it('the console wears the theme’s colours', () => {
  const shared = [...own.matchAll(/(--porchlight-color-[\w-]+): (light-dark\(#[\da-f]+, #[\da-f]+\));/g)]
    .map(([, name, value]) => ({ name: `${name}, light-dark(#`, line: `${name}, ${value}` }))
    .filter(({ name }) => theme.includes(name))
  expect(shared.length).toBeGreaterThan(10)
  expect(shared.filter(({ line }) => !theme.includes(line))).toEqual([])
})

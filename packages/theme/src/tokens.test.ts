import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { contrast, parseHex } from './contrast.js'
import { tokens } from './tokens.js'

const folder = join(import.meta.dirname, 'css')
const sheets = readdirSync(folder)
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n')
  .replaceAll(/\s+/g, ' ')

test('the sheets read every token, and no other name', () => {
  const read = new Set([...sheets.matchAll(/var\( ?--porchlight-([\w-]+)/g)].map(([, name]) => name))
  expect([...read].sort()).toEqual(Object.keys(tokens).sort())
})

test.each(Object.entries(tokens))('where --porchlight-%s is not set, the default is %j', (name, value) => {
  if (value === 'derived') return expect(sheets).toMatch(new RegExp(`var\\( ?--porchlight-${name},`))
  const text = typeof value === 'string' ? value : `light-dark(${value[0]}, ${value[1]})`
  const isReference = Object.hasOwn(tokens, `color-${text}`)
  const written = isReference ? `var(--_${text === 'text-muted' ? 'muted' : text})` : text
  expect(sheets).toContain(`--porchlight-${name}, ${written}`)
})

test('the sheets name no physical side, where the language decides', () => {
  expect(sheets).not.toMatch(/[ ;{](margin|padding|border)-(left|right)|text-align: (left|right)|[ ;{](left|right):/)
})

const pairs = [
  ['color-text', 4.5],
  ['color-text-muted', 4.5],
  ['color-danger', 4.5],
  ['color-success', 4.5],
  ['color-warning', 4.5],
  ['color-border-strong', 3]
] as const

test.each(pairs)('%s has at least %d:1 on every surface of its scheme', (name, ratio) => {
  for (const scheme of [0, 1] as const) {
    for (const surface of ['color-surface', 'color-surface-2', 'color-surface-3'] as const) {
      expect(contrast(parseHex(tokens[name][scheme])!, parseHex(tokens[surface][scheme])!)).toBeGreaterThanOrEqual(ratio)
    }
  }
})

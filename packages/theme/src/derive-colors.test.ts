import { describe, expect, test } from 'vitest'
import { contrast, formatHex, parseHex, type Rgb } from './contrast.js'
import { defaultBrand, deriveColors } from './derive-colors.js'

const steps = Array.from({ length: 18 }, (_, index) => index / 17)
const everyBrand = steps.flatMap((red) => steps.flatMap((green) => steps.map((blue) => formatHex([red, green, blue]))))
const surfaces = { light: ['#ffffff', '#f2f4f7', '#e6e9ef'], dark: ['#16181d', '#22252c', '#2d313a'] } as const

function between(one: string, other: string): number {
  return contrast(parseHex(one) as Rgb, parseHex(other) as Rgb)
}

describe('over 5,832 brand colours', () => {
  const all = everyBrand.map(deriveColors)

  test('the fill keeps the exact brand colour', () => {
    expect(all.map(({ accent }) => accent)).toEqual(everyBrand)
  })

  test('the label on the fill has 4.5:1, and keeps it under the pointer', () => {
    expect(Math.min(...all.map(({ accent, onAccent }) => between(accent, onAccent)))).toBeGreaterThanOrEqual(4.5)
    expect(Math.min(...all.map(({ accentHover, onAccent }) => between(accentHover, onAccent)))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(['light', 'dark'] as const)('accent text has 4.5:1 and accent controls 3:1 on each %s surface', (scheme) => {
    for (const surface of surfaces[scheme]) {
      expect(Math.min(...all.map(({ accentText }) => between(accentText[scheme], surface)))).toBeGreaterThanOrEqual(4.5)
      expect(Math.min(...all.map(({ accentUi }) => between(accentUi[scheme], surface)))).toBeGreaterThanOrEqual(3)
    }
  })
})

test('a colour that is legible already is not moved', () => {
  const { accentText, accentUi, onAccent } = deriveColors(defaultBrand)
  expect(accentText.light).toBe(defaultBrand)
  expect(accentUi.light).toBe(defaultBrand)
  expect(onAccent).toBe('#ffffff')
})

test('yellow keeps its hue when it has to darken', () => {
  const { accent, accentText, onAccent } = deriveColors('#ffd400')
  expect(accent).toBe('#ffd400')
  expect(onAccent).toBe('#14161a')
  const [red, green, blue] = parseHex(accentText.light) as Rgb
  expect(red).toBeGreaterThan(green)
  expect(green).toBeGreaterThan(blue)
  expect(between(accentText.light, '#e6e9ef')).toBeLessThan(4.7)
})

test.each(['', 'red', '#12', '#12345', 'var(--x)'])('%j is no hex colour and counts as the default', (color) => {
  expect(deriveColors(color).accent).toBe(defaultBrand)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contrast, formatHex, luminance, parseHex, type Rgb } from './contrast.js'
import { toDisplayable, toOklch } from './oklch.js'

const channel = fc.integer({ min: 0, max: 255 }).map((value) => value / 255)
const color = fc.tuple(channel, channel, channel)

test('hex survives the way there and back', () => {
  fc.assert(
    fc.property(color, (rgb) => {
      expect(parseHex(formatHex(rgb))).toEqual(rgb)
    })
  )
})

test('three digits are six', () => {
  expect(parseHex('#1af')).toEqual(parseHex('#11aaff'))
  expect(parseHex('1af')).toEqual(parseHex('#11aaff'))
})

test('black on white has the highest contrast there is', () => {
  expect(contrast([0, 0, 0], [1, 1, 1])).toBeCloseTo(21, 6)
})

test('contrast does not ask which colour is the text', () => {
  fc.assert(fc.property(color, color, (one, other) => contrast(one, other) === contrast(other, one)))
})

test('a colour survives OKLCH within an 8-bit step', () => {
  fc.assert(
    fc.property(color, (rgb) => {
      expect(formatHex(toDisplayable(toOklch(rgb)))).toBe(formatHex(rgb))
    })
  )
})

test('whatever is asked of OKLCH can be shown, and lighter is lighter', () => {
  const hue = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true })
  const chroma = fc.double({ min: 0, max: 0.4, noNaN: true })
  fc.assert(
    fc.property(hue, chroma, (h, c) => {
      const [dark, light] = [toDisplayable([0.3, c, h]), toDisplayable([0.7, c, h])] as [Rgb, Rgb]
      expect([...dark, ...light].every((value) => value >= 0 && value <= 1)).toBe(true)
      expect(luminance(light)).toBeGreaterThan(luminance(dark))
    })
  )
})

import { fromLinear, type Rgb, toLinear } from './contrast.js'

/** OKLCH: lightness from 0 to 1, chroma, hue in radians (CSS Color 4, 9). */
export type Oklch = readonly [lightness: number, chroma: number, hue: number]

/** Converts sRGB to OKLCH with the matrices of CSS Color 4, 9.2, to six decimals: far finer than 8 bits a channel. */
export function toOklch(color: Rgb): Oklch {
  const [red, green, blue] = color.map(toLinear) as unknown as Rgb
  const long = Math.cbrt(0.412221 * red + 0.536333 * green + 0.051446 * blue)
  const medium = Math.cbrt(0.211903 * red + 0.6807 * green + 0.107397 * blue)
  const short = Math.cbrt(0.088302 * red + 0.281719 * green + 0.629979 * blue)
  const lightness = 0.210454 * long + 0.793618 * medium - 0.004072 * short
  const a = 1.977998 * long - 2.428592 * medium + 0.450594 * short
  const b = 0.025904 * long + 0.782772 * medium - 0.808676 * short
  return [lightness, Math.hypot(a, b), Math.atan2(b, a)]
}

/** Finer than what a channel of 8 bits can show. */
const chromaStep = 0.0001

/** Converts to sRGB, lowering the chroma until the colour can be shown. */
export function toDisplayable([lightness, chroma, hue]: Oklch): Rgb {
  let low = isDisplayable(toRgb([lightness, chroma, hue])) ? chroma : 0
  let high = chroma
  while (high - low > chromaStep) {
    const middle = (low + high) / 2
    if (isDisplayable(toRgb([lightness, middle, hue]))) low = middle
    else high = middle
  }
  return toRgb([lightness, low, hue]).map((channel) => Math.min(1, Math.max(0, channel))) as unknown as Rgb
}

function toRgb([lightness, chroma, hue]: Oklch): Rgb {
  const a = chroma * Math.cos(hue)
  const b = chroma * Math.sin(hue)
  const long = (lightness + 0.396338 * a + 0.215804 * b) ** 3
  const medium = (lightness - 0.105561 * a - 0.063854 * b) ** 3
  const short = (lightness - 0.089484 * a - 1.291486 * b) ** 3
  return [
    fromLinear(4.076742 * long - 3.307712 * medium + 0.23097 * short),
    fromLinear(-1.268438 * long + 2.609757 * medium - 0.341319 * short),
    fromLinear(-0.004196 * long - 0.703419 * medium + 1.707615 * short)
  ]
}

/** Half a step of an 8-bit channel may be missing: rounding hides it. */
function isDisplayable(color: Rgb): boolean {
  return color.every((channel) => channel > -0.002 && channel < 1.002)
}

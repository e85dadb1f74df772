import { fromLinear, type Rgb, toLinear } from './contrast.js'

/** OKLCH: lightness from 0 to 1, chroma, hue in radians (CSS Color 4, 9). */
export type Oklch = readonly [lightness: number, chroma: number, hue: number]

/** Converts sRGB to OKLCH with the matrices of CSS Color 4, 9.2. */
export function toOklch(color: Rgb): Oklch {
  const [red, green, blue] = color.map(toLinear) as unknown as Rgb
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  const lightness = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short
  const b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short
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
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    fromLinear(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    fromLinear(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    fromLinear(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short)
  ]
}

/** Half a step of an 8-bit channel may be missing: rounding hides it. */
function isDisplayable(color: Rgb): boolean {
  return color.every((channel) => channel > -0.002 && channel < 1.002)
}

import { contrast, formatHex, parseHex, type Rgb } from './contrast.js'
import { toDisplayable, toOklch } from './oklch.js'

/** What one brand colour becomes. All colours are `#rrggbb`. */
export interface DerivedColors {
  /** The brand colour itself: fills of launcher, send button and own messages. */
  readonly accent: string
  /** Text and icons on `accent`: at least 4.5:1. */
  readonly onAccent: string
  /** `accent` under the pointer; `onAccent` keeps at least 4.5:1 on it. */
  readonly accentHover: string
  /** The accent as text on every surface of the scheme: at least 4.5:1. */
  readonly accentText: { readonly light: string; readonly dark: string }
  /** The accent as a border or a control on every surface of the scheme: at least 3:1. */
  readonly accentUi: { readonly light: string; readonly dark: string }
}

/** The brand colour of a site that chose none. */
export const defaultBrand = '#2456e6'

const white: Rgb = [1, 1, 1]
const black: Rgb = [0, 0, 0]
const ink: Rgb = parseHex('#14161a')!

/** In each scheme the surface that is nearest to its text: what is legible here is legible on the others. */
const hardestSurface: { readonly light: Rgb; readonly dark: Rgb } = { light: parseHex('#e6e9ef')!, dark: parseHex('#2d313a')! }

/** WCAG 2.2, 1.4.3 for text and 1.4.11 for controls. */
const textContrast = 4.5
const controlContrast = 3
const hoverShare = 0.12
const lightnessStep = 0.005

/**
 * Derives every colour that depends on the brand. The fill keeps the exact brand colour; what must be read is moved in lightness
 * until it can be. Anything that is not a hex colour counts as {@link defaultBrand}.
 *
 * @example
 * ```ts
 * import { deriveColors } from '@porchlight/theme'
 *
 * deriveColors('#ffd400').onAccent // '#14161a'
 * ```
 */
export function deriveColors(brand: string): DerivedColors {
  const accent = parseHex(brand) ?? parseHex(defaultBrand)!
  const onAccent = legibleOn(accent)
  const away = onAccent === white ? black : white
  const bothSchemes = (ratio: number) => ({ light: shifted(accent, 'light', ratio), dark: shifted(accent, 'dark', ratio) })
  return {
    accent: formatHex(accent),
    onAccent: formatHex(onAccent),
    accentHover: formatHex(mix(accent, away, hoverShare)),
    accentText: bothSchemes(textContrast),
    accentUi: bothSchemes(controlContrast)
  }
}

/** The better of white and ink; black where neither reaches 4.5:1. Black and white together cover every colour. */
function legibleOn(fill: Rgb): Rgb {
  const better = contrast(fill, white) >= contrast(fill, ink) ? white : ink
  return contrast(fill, better) >= textContrast ? better : black
}

/** Moves the lightness away from the scheme's surfaces until the contrast is reached, at black or white at the latest. */
function shifted(color: Rgb, scheme: 'light' | 'dark', ratio: number): string {
  const [lightness, chroma, hue] = toOklch(color)
  const step = scheme === 'light' ? -lightnessStep : lightnessStep
  let candidate = formatHex(color)
  for (let next = lightness + step; contrast(parseHex(candidate)!, hardestSurface[scheme]) < ratio; next += step) {
    candidate = formatHex(toDisplayable([next, chroma, hue]))
  }
  return candidate
}

function mix(color: Rgb, other: Rgb, share: number): Rgb {
  return color.map((channel, index) => channel * (1 - share) + other[index]! * share) as unknown as Rgb
}

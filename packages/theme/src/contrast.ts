/** Red, green and blue of sRGB, each from 0 to 1. */
export type Rgb = readonly [red: number, green: number, blue: number]

/**
 * Reads a CSS hex colour of 3 or 6 digits; the leading `#` may be missing. Returns null for anything else.
 *
 * @example
 * ```ts
 * import { parseHex } from '@porchlight/theme'
 *
 * parseHex('#fff') // [1, 1, 1]
 * ```
 */
export function parseHex(color: string): Rgb | null {
  const digits = color.trim().replace(/^#/, '')
  if (!/^([\da-f]{3}|[\da-f]{6})$/i.test(digits)) return null
  const width = digits.length / 3
  const channel = (index: number) => Number.parseInt(digits.slice(index * width, (index + 1) * width).repeat(3 - width), 16) / 255
  return [channel(0), channel(1), channel(2)]
}

/** Writes a colour as `#rrggbb`. */
export function formatHex(color: Rgb): string {
  return `#${color
    .map((channel) =>
      Math.round(channel * 255)
        .toString(16)
        .padStart(2, '0')
    )
    .join('')}`
}

/** Undoes the sRGB transfer function of one channel (IEC 61966-2-1). */
export function toLinear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}

/** Applies the sRGB transfer function to one channel (IEC 61966-2-1). */
export function fromLinear(channel: number): number {
  return channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055
}

/** Relative luminance from 0 to 1 (WCAG 2.2, definition). */
export function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * toLinear(red) + 0.7152 * toLinear(green) + 0.0722 * toLinear(blue)
}

/**
 * Contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definition).
 *
 * @example
 * ```ts
 * import { contrast } from '@porchlight/theme'
 *
 * contrast([0, 0, 0], [1, 1, 1]) // 21
 * ```
 */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light! + 0.05) / (dark! + 0.05)
}

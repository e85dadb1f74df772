import { deriveColors } from './derive-colors.js'
import type { TokenName } from './tokens.js'

/** Which of the two palettes: the visitor's system decides in `auto`. */
export type Scheme = 'auto' | 'light' | 'dark'

/** Options of {@link createTheme}. */
export interface ThemeOptions {
  /** Brand colour as CSS hex. Default: `#2456e6`. */
  readonly color?: string | undefined
  /** Default: `auto`. */
  readonly scheme?: Scheme | undefined
  /** Any other tokens by name, such as `{ 'radius-panel': '8px' }`. */
  readonly tokens?: Readonly<Partial<Record<TokenName, string>>> | undefined
}

/** A theme as data and as text. */
export interface Theme {
  /** Custom properties by name, to be set one by one with `style.setProperty`. */
  readonly declarations: Readonly<Record<string, string>>
  /** The same as a rule for `<porchlight-chat>`, for a style sheet of the page or of its build. */
  readonly css: string
}

/**
 * Turns one brand colour into a whole legible theme, in light and dark.
 *
 * Every token stays open to the page: a property set on `<porchlight-chat>` by a later rule wins.
 *
 * @example
 * ```ts
 * import { createTheme } from '@porchlight/theme'
 *
 * const { css } = createTheme({ color: '#ffd400', tokens: { 'radius-panel': '8px' } })
 * // porchlight-chat{--porchlight-color-accent:#ffd400;--porchlight-color-on-accent:#14161a;…}
 * ```
 */
export function createTheme({ color = '', scheme = 'auto', tokens = {} }: ThemeOptions = {}): Theme {
  const declarations = brandProperties(color)
  if (scheme !== 'auto') {
    for (const role of ['accent-text', 'accent-ui']) {
      declarations[`--porchlight-color-${role}`] = declarations[`--_porchlight-${role}-${scheme}`]!
      for (const each of ['light', 'dark']) delete declarations[`--_porchlight-${role}-${each}`]
    }
  }
  for (const [name, value] of Object.entries(tokens)) declarations[`--porchlight-${name}`] = value
  const text = Object.entries(declarations).map(([name, value]) => `${name}:${value}`)
  return { declarations, css: `porchlight-chat{${text.join(';')}}` }
}

/**
 * Custom properties by name of everything that follows from a brand colour, for both schemes: the style sheet picks, since it
 * knows the scheme before any script does. Anything that is not a hex colour counts as the default brand.
 *
 * @example
 * ```ts
 * import { brandProperties } from '@porchlight/theme'
 *
 * brandProperties('#ffd400')['--porchlight-color-on-accent'] // '#14161a'
 * ```
 */
export function brandProperties(color: string): Record<string, string> {
  const { accent, onAccent, accentHover, accentText, accentUi } = deriveColors(color)
  return {
    '--porchlight-color-accent': accent,
    '--porchlight-color-on-accent': onAccent,
    '--porchlight-color-accent-hover': accentHover,
    '--_porchlight-accent-text-light': accentText.light,
    '--_porchlight-accent-text-dark': accentText.dark,
    '--_porchlight-accent-ui-light': accentUi.light,
    '--_porchlight-accent-ui-dark': accentUi.dark
  }
}

export { contrast, formatHex, luminance, parseHex, type Rgb } from './contrast.js'
export { createTheme, type Scheme, type Theme, type ThemeOptions } from './create-theme.js'
export { type DerivedColors, defaultBrand, deriveColors } from './derive-colors.js'
export { followViewport, type ViewportElement } from './viewport.js'

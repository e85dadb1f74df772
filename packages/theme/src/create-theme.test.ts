import { expect, test } from 'vitest'
import { createTheme } from './create-theme.js'

test('a forced scheme names one value of each token', () => {
  const { declarations } = createTheme({ color: '#2456e6', scheme: 'dark' })
  expect(Object.keys(declarations)).toEqual([
    '--porchlight-color-accent',
    '--porchlight-color-on-accent',
    '--porchlight-color-accent-hover',
    '--porchlight-color-accent-text',
    '--porchlight-color-accent-ui'
  ])
  expect(declarations['--porchlight-color-accent']).toBe('#2456e6')
  expect(declarations['--porchlight-color-accent-text']).not.toBe('#2456e6')
})

test('auto carries the values of both schemes', () => {
  const { declarations } = createTheme({ color: '#2456e6' })
  const dark = createTheme({ color: '#2456e6', scheme: 'dark' }).declarations
  expect(declarations['--_porchlight-accent-text-light']).toBe('#2456e6')
  expect(declarations['--_porchlight-accent-text-dark']).toBe(dark['--porchlight-color-accent-text'])
})

test('the text holds each declaration once, for the element', () => {
  const { declarations, css } = createTheme({ color: '#ffd400' })
  expect(css.startsWith('porchlight-chat{')).toBe(true)
  for (const [name, value] of Object.entries(declarations)) expect(css.split(`${name}:${value}`)).toHaveLength(2)
})

test('other tokens are set beside the derived ones, and win over them', () => {
  const { declarations } = createTheme({ color: '#2456e6', tokens: { 'radius-panel': '8px', 'color-on-accent': '#000' } })
  expect(declarations['--porchlight-radius-panel']).toBe('8px')
  expect(declarations['--porchlight-color-on-accent']).toBe('#000')
})

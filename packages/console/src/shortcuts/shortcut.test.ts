import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isEditable, type KeyPress, shortcutOf } from './shortcut.js'

function press(part: Partial<KeyPress> & { altGraph?: boolean }): KeyPress {
  const { altGraph = false, ...keys } = part
  return {
    key: '',
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    keyCode: 0,
    getModifierState: (name: string) => name === 'AltGraph' && altGraph,
    ...keys
  }
}

it('knows its letters in either case', () => {
  expect(shortcutOf(press({ key: 'j', code: 'KeyJ' }))).toBe('next')
  expect(shortcutOf(press({ key: 'K', code: 'KeyK' }))).toBe('previous')
  expect(shortcutOf(press({ key: '?', code: 'Slash' }))).toBe('help')
})

it('goes by the letter where the layout is Latin, and by the place of the key where it is not', () => {
  expect(shortcutOf(press({ key: 'j', code: 'KeyC' }))).toBe('next')
  expect(shortcutOf(press({ key: 'c', code: 'KeyJ' }))).toBe(null)
  expect(shortcutOf(press({ key: 'о', code: 'KeyJ' }))).toBe('next')
})

it('leaves every chord to the browser and every composition to the writer', () => {
  const chord = fc.constantFrom<Partial<KeyPress> & { altGraph?: boolean }>(
    { ctrlKey: true },
    { metaKey: true },
    { altKey: true },
    { altGraph: true },
    { isComposing: true },
    { keyCode: 229 }
  )
  fc.assert(
    fc.property(chord, fc.constantFrom('j', 'k', 'r', 'e', '?', 'ł', '@'), (part, key) => {
      expect(shortcutOf(press({ ...part, key, code: `Key${key.toUpperCase()}` }))).toBe(null)
    })
  )
})

it('means nothing by any other key', () => {
  fc.assert(
    fc.property(fc.string(), (key) => {
      fc.pre(!/^[jkre?]$/i.test(key))
      expect(shortcutOf(press({ key, code: 'KeyQ' }))).toBe(null)
    })
  )
})

it('knows where people write', () => {
  const area = document.createElement('textarea')
  const button = document.createElement('button')
  expect([area, button, document.body, null].map(isEditable)).toEqual([true, false, false, false])
})

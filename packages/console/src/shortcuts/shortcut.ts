/** What a single key does outside text fields. */
export type Shortcut = 'next' | 'previous' | 'reply' | 'close' | 'help'

/** The parts of a key press that decide. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'keyCode' | 'getModifierState'>

const byLetter: Readonly<Record<string, Shortcut>> = { j: 'next', k: 'previous', r: 'reply', e: 'close' }

/**
 * The shortcut of a key press, if it is one. A key of a layout without Latin letters counts by its place on the keyboard. Anything with
 * Ctrl, Alt, AltGr or Command belongs to the browser, to assistive software or to writing: AltGr makes Polish letters, Option makes `@`.
 */
export function shortcutOf(press: KeyPress): Shortcut | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.getModifierState('AltGraph')) return null
  if (press.isComposing || press.keyCode === 229) return null
  if (press.key === '?') return 'help'
  const isLatin = /^[a-z]$/i.test(press.key)
  const isOtherLetter = !isLatin && /^\p{Letter}$/u.test(press.key)
  const letter = isLatin ? press.key.toLowerCase() : isOtherLetter ? press.code.replace(/^Key/, '').toLowerCase() : ''
  return Object.hasOwn(byLetter, letter) ? (byLetter[letter] ?? null) : null
}

/** Whether typing goes into this element, so that no single key may mean anything else. */
export function isEditable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]')
}

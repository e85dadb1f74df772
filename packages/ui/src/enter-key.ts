/** The part of a keyboard event that decides what Enter does. */
export type EnterKeyEvent = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/**
 * Whether a key press sends. Enter sends where the first pointer is fine and is a new line on touch screens, where it is the
 * only way to write one; with Ctrl or Cmd it sends everywhere.
 */
export function isSendKey({ key, shiftKey, ctrlKey, metaKey, altKey }: EnterKeyEvent, isCoarse: boolean): boolean {
  if (key !== 'Enter' || shiftKey || altKey) return false
  return ctrlKey || metaKey || !isCoarse
}

/** Tells apart the keys that an input method takes for itself. */
export interface CompositionGuard {
  /** To be called on `compositionend`. */
  readonly ended: () => void
  /** Whether the key belongs to the composition. */
  readonly holds: (event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>) => boolean
}

/**
 * Chrome and Firefox mark such keys by `isComposing`; Safari ends the composition first and then reports Enter with
 * `keyCode` 229 (WebKit bug 165004), or with neither in the same task.
 */
export function createCompositionGuard(): CompositionGuard {
  let hasJustEnded = false
  return {
    ended() {
      hasJustEnded = true
      setTimeout(() => {
        hasJustEnded = false
      })
    },
    holds: ({ isComposing, keyCode }) => isComposing || keyCode === 229 || hasJustEnded
  }
}

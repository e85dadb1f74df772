/** A set of callbacks; `add` returns the stop of the one it added. */
export interface Listeners<T> {
  readonly add: (callback: (value: T) => void) => () => void
  readonly call: (value: T) => void
}

export function createListeners<T>(): Listeners<T> {
  const callbacks = new Set<{ callback: (value: T) => void }>()
  return {
    add: (callback) => {
      const entry = { callback }
      callbacks.add(entry)
      return () => void callbacks.delete(entry)
    },
    call: (value) => {
      for (const { callback } of [...callbacks]) callback(value)
    }
  }
}

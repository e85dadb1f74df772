/** A set of callbacks, each once; `add` returns its stop. */
export interface Listeners<T> {
  readonly add: (callback: (value: T) => void) => () => void
  readonly call: (value: T) => void
}

export function createListeners<T>(): Listeners<T> {
  const callbacks = new Set<(value: T) => void>()
  return {
    add: (callback) => {
      callbacks.add(callback)
      return () => void callbacks.delete(callback)
    },
    call: (value) => {
      for (const callback of [...callbacks]) callback(value)
    }
  }
}

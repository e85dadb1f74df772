import { useLayoutEffect, useState } from 'preact/hooks'

/** The reading half of a nanostore. */
export interface ReadableStore<T> {
  readonly get: () => T
  /** Calls back at once and at every change; returns its stop. */
  readonly subscribe: (listener: (value: T) => void) => () => void
}

/** The value of a store; the component draws again when it changes. */
export function useStore<T>(store: ReadableStore<T>): T {
  const [value, setValue] = useState<T>(() => store.get())
  useLayoutEffect(() => store.subscribe((next) => setValue(() => next)), [store])
  return value
}

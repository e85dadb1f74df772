import { atom, batch, type WritableAtom } from 'nanostores'

/**
 * A store whose listeners cannot stop its writer: what one of them throws is reported as uncaught, as a thrown event listener is,
 * and the writer goes on. A fault in a view must not cost a message.
 */
export function createStore<T>(value: T): WritableAtom<T> {
  const $store = atom(value) as WritableAtom<T>
  const { set } = $store
  $store.set = (next) => guard(() => set(next))
  return $store
}

/** Writes several stores in one step: listeners hear of all at once. Their faults are reported like those of {@link createStore}. */
export function writeTogether(write: () => void): void {
  guard(() => batch(write))
}

function guard(write: () => void): void {
  try {
    write()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

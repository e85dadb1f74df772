import { atom, type WritableAtom } from 'nanostores'

/**
 * A store whose listeners cannot stop its writer: what one of them throws is reported as uncaught, as a thrown event listener is,
 * and the writer goes on. A fault in a view must not cost a message.
 */
export function createStore<T>(value: T): WritableAtom<T> {
  const $store = atom(value) as WritableAtom<T>
  const { set } = $store
  $store.set = (next) => {
    try {
      set(next)
    } catch (error) {
      queueMicrotask(() => {
        throw error
      })
    }
  }
  return $store
}

/** Longest wait for a database to open; some engines leave the request unanswered for ever. */
const openTimeoutMs = 2_000
const storeName = 'values'

/** Named values in one IndexedDB database. Everything rejects when the database cannot be had. */
export interface Database {
  readonly read: (key: string) => Promise<unknown>
  /** Reads, changes and writes in one transaction, so that no other tab comes between. */
  readonly update: (key: string, change: (value: unknown) => unknown) => Promise<unknown>
  /** Removes the keys that begin with `prefix`. */
  readonly clear: (prefix: string) => Promise<void>
  /** Removes all values, then the database itself. Another tab that will not let go of it keeps an empty one. */
  readonly remove: () => Promise<void>
}

/** A database that opens at the first use, and again after the browser closed it. */
export function openDatabase(name: string): Database {
  let opening: Promise<IDBDatabase> | undefined
  const forget = () => {
    opening = undefined
  }

  const run = async (mode: IDBTransactionMode, work: (store: IDBObjectStore, done: (value: unknown) => void) => void): Promise<unknown> => {
    opening ??= open(name, forget)
    try {
      return await transact(await opening, mode, work)
    } catch {
      // A page that comes back from the cache may hold a dead connection: one more try on a new one.
      forget()
      opening = open(name, forget)
      opening.catch(forget)
      return transact(await opening, mode, work)
    }
  }

  const clear = async (prefix: string) => {
    await run('readwrite', (store) => store.delete(IDBKeyRange.bound(prefix, `${prefix}\uffff`)))
  }

  return {
    read: (key) =>
      run('readonly', (store, done) => {
        const found = store.get(key)
        found.onsuccess = () => done(found.result)
      }),
    update: (key, change) =>
      run('readwrite', (store, done) => {
        const found = store.get(key)
        found.onsuccess = () => {
          const value = change(found.result)
          if (value === undefined) store.delete(key)
          else if (value !== found.result) store.put(value, key)
          done(value)
        }
      }),
    clear,
    remove: async () => {
      await clear('')
      const database = await opening
      forget()
      database?.close()
      await new Promise((resolve) => {
        const request = indexedDB.deleteDatabase(name)
        request.onsuccess = request.onerror = request.onblocked = resolve
      })
    }
  }
}

function open(name: string, forget: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    // Nobody reads why: whoever asks falls back to a weaker place.
    const timer = setTimeout(reject, openTimeoutMs)
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(storeName)
    request.onerror = reject
    request.onsuccess = () => {
      clearTimeout(timer)
      const database = request.result
      database.onclose = forget
      database.onversionchange = () => {
        database.close()
        forget()
      }
      resolve(database)
    }
  })
}

function transact(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore, done: (value: unknown) => void) => void
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(storeName, mode, { durability: 'strict' })
    let value: unknown
    transaction.oncomplete = () => resolve(value)
    transaction.onabort = reject
    work(transaction.objectStore(storeName), (result) => {
      value = result
    })
  })
}

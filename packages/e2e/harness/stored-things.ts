/** The names of everything that a page's origin has stored; runs in the page. */
export function storedThings(): Promise<string[]> {
  return Promise.all([indexedDB.databases(), caches.keys()]).then(([databases, cacheNames]) => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...databases.map(({ name }) => name ?? ''),
    ...cacheNames,
    ...(document.cookie ? [document.cookie] : [])
  ])
}

/** All that the databases of a page's origin hold, as text; runs in the page. */
export async function databaseText(): Promise<string> {
  const kept: unknown[] = []
  for (const { name = '' } of await indexedDB.databases()) {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const database = await answer(indexedDB.open(name))
    for (const store of database.objectStoreNames) kept.push(await answer(database.transaction(store).objectStore(store).getAll()))
    database.close()
  }
  return JSON.stringify(kept)
}

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

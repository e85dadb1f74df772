// Stops a page's bundle from holding what it must not: Node's modules, or a second copy of a store or view library.

const onlyOnce = ['preact', 'nanostores']

/** @returns {import('rollup').Plugin} */
export function pageOnly() {
  return {
    name: 'page-only',
    resolveId(id, importer) {
      if (id.startsWith('node:')) this.error(`${importer} imports ${id}, which no browser has`)
      return null
    },
    generateBundle() {
      for (const name of onlyOnce) {
        const copies = new Set([...this.getModuleIds()].flatMap((id) => id.match(new RegExp(`^.*/node_modules/${name}/`))?.[0] ?? []))
        if (copies.size > 1) this.error(`two copies of ${name}: ${[...copies].join(', ')}`)
      }
      const valibot = [...this.getModuleIds()].find((id) => id.includes('/node_modules/valibot/') && this.getModuleInfo(id)?.isIncluded)
      if (valibot) this.error('valibot is in a page bundle; pages check frames by checkServerFrame')
    }
  }
}

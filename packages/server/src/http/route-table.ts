import type { FastifyInstance } from 'fastify'

/** One route as it was registered. */
interface RouteEntry {
  readonly method: string
  /** The pattern, such as `/api/sites/:site`. */
  readonly path: string
  readonly action: string | undefined
}

/** Every route of the server. */
export interface RouteTable {
  readonly list: () => readonly RouteEntry[]
  /** Methods that some route takes at an actual path. */
  readonly methodsAt: (path: string) => readonly string[]
}

/** Notes every route from now on. A route under `/api/` that names no action ends the start. */
export function collectRoutes(app: FastifyInstance): RouteTable {
  const entries: RouteEntry[] = []
  app.addHook('onRoute', ({ method, url, config }) => {
    const action = config?.action
    if (url.startsWith('/api/') && action === undefined) throw new Error(`the route ${method} ${url} names no action`)
    for (const each of [method].flat()) entries.push({ method: each, path: url, action })
  })
  return {
    list: () => entries,
    methodsAt: (path) => [...new Set(entries.filter((entry) => matches(entry.path, path)).map(({ method }) => method))].sort()
  }
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const found = path.split('/')
  if (wanted.at(-1) === '*') return found.length >= wanted.length && wanted.slice(0, -1).every((part, index) => fits(part, found[index]))
  return wanted.length === found.length && wanted.every((part, index) => fits(part, found[index]))
}

function fits(part: string, actual: string | undefined): boolean {
  return part === actual || (part.startsWith(':') && actual !== undefined && actual !== '')
}

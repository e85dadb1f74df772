import { ownerEmail, ownerPassword } from './api-server.js'
import { staffPassword } from './browser.js'
import { newId, type SiteThings, type World } from './world.js'

/** A call that would succeed for somebody who may make it. */
export interface SampleCall {
  readonly params?: Readonly<Record<string, string>>
  readonly body?: Readonly<Record<string, unknown>>
}

type Sample = (world: World, things: SiteThings) => Promise<SampleCall> | SampleCall

let made = 0
const site: Sample = (_, { site }) => ({ params: { site } })

/** One good call for each route of the API. A route that is missing here fails the tests that use it. */
export const samples: Readonly<Record<string, Sample>> = {
  'GET /api/openapi.json': () => ({}),
  'GET /api/setup': () => ({}),
  'POST /api/setup': () => ({ body: { token: 'plo_x', email: 'eve@evil.example', name: 'Eve', password: staffPassword } }),
  'POST /api/session': () => ({ body: { email: ownerEmail, password: ownerPassword } }),
  'GET /api/session': () => ({}),
  'DELETE /api/session': () => ({}),
  'PUT /api/me/presence': () => ({ body: { available: false } }),
  'PUT /api/me/password': () => ({ body: { current: 'not the right one', next: 'another quiet light' } }),
  'POST /api/tickets': (_, { site }) => ({ body: { site } }),
  'GET /api/sites': () => ({}),
  'POST /api/sites': () => ({ body: { site: `made-${made++}`, name: 'Made', origins: ['https://shop.example'] } }),
  'GET /api/sites/:site': site,
  'PATCH /api/sites/:site': (_, { site }) => ({ params: { site }, body: { name: `${site} again`, origins: ['loopback'] } }),
  'POST /api/sites/:site/hours/preview': (_, { site }) => ({ params: { site }, body: { hours: { zone: 'Europe/Warsaw', week: {} } } }),
  'GET /api/sites/:site/inbox': site,
  'GET /api/sites/:site/first-answers': site,
  'GET /api/sites/:site/conversations': site,
  'GET /api/sites/:site/conversations/:c': (_, { site, conversation: c }) => ({ params: { site, c } }),
  'GET /api/sites/:site/conversations/:c/events': (_, { site, conversation: c }) => ({ params: { site, c } }),
  'POST /api/sites/:site/conversations/:c/messages': (_, { site, conversation: c }) => ({
    params: { site, c },
    body: { id: newId(), text: 'On its way.' }
  }),
  'PATCH /api/sites/:site/conversations/:c': (_, { site, conversation: c }) => ({ params: { site, c }, body: { state: 'closed' } }),
  'GET /api/sites/:site/requests': site,
  'GET /api/sites/:site/requests/:id': (_, { site, request: id }) => ({ params: { site, id } }),
  'PATCH /api/sites/:site/requests/:id': (_, { site, request: id }) => ({ params: { site, id }, body: { state: 'open' } }),
  'GET /api/sites/:site/operators': site,
  'POST /api/sites/:site/operators': (_, { site }) => ({
    params: { site },
    body: { email: `added${made++}@${site}.example`, name: 'Added', role: 'agent', password: staffPassword }
  }),
  'PATCH /api/sites/:site/operators/:operator': async (world, things) => ({
    params: { site: things.site, operator: await targetOn(world, things) },
    body: { role: 'viewer' }
  }),
  'DELETE /api/sites/:site/operators/:operator': async (world, things) => ({
    params: { site: things.site, operator: await targetOn(world, things) }
  })
}

/** Somebody who may be changed: on the first site a new one each time, so that calls do not disturb each other. */
async function targetOn(world: World, things: SiteThings): Promise<string> {
  return things === world.own ? world.recruit('agent') : things.operator
}

/** Method and pattern of every route of the API, from the server itself. */
export function apiRoutesOf({ server }: Pick<World, 'server'>): readonly { readonly name: string; readonly method: string; readonly path: string }[] {
  return server.parts.routes
    .list()
    .filter(({ path, method }) => path.startsWith('/api/') && method !== 'HEAD')
    .map(({ method, path }) => ({ name: `${method} ${path}`, method, path }))
}

/** A pattern with its parts filled in. */
export function fill(path: string, params: Readonly<Record<string, string>> = {}): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

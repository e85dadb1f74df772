import { newDevice } from '../domain/new-ids.js'
import { samples as apiSamples, type SampleCall } from './sample-calls.js'
import { newId, type SiteThings, type World } from './world.js'

/** A good call of any route: what an API sample has, and what visitors' routes need besides. */
export interface AnyCall extends SampleCall {
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

type AnySample = (world: World, things: SiteThings) => Promise<AnyCall> | AnyCall

const page = 'http://localhost:8080'
const plain: AnySample = () => ({})
const preflight: AnySample = (_, { site }) => ({ query: { site }, headers: { origin: page, 'access-control-request-method': 'POST' } })
const frames = [{ t: 'hello', v: [1, 1], device: newDevice() }]

/** One good call for each route that is not the API's. */
const otherSamples: Readonly<Record<string, AnySample>> = {
  'GET /': plain,
  'GET /shop.css': plain,
  'GET /shop.js': plain,
  'GET /shop-icon.svg': plain,
  'GET /console': plain,
  'GET /console/': plain,
  'GET /console/assets/*': () => ({ params: { '*': 'main-a1b2c3d4.js' } }),
  'GET /healthz': plain,
  'GET /readyz': plain,
  'GET /metrics': plain,
  'GET /v1/porchlight.js': plain,
  'GET /v1/assets/*': () => ({ params: { '*': 'panel-a1b2c3d4.js' } }),
  'GET /v1/sites/:site/light': (_, { site }) => ({ params: { site }, query: { lang: 'en' } }),
  'OPTIONS /v1/frames': preflight,
  'OPTIONS /v1/poll': preflight,
  'OPTIONS /v1/requests': preflight,
  'OPTIONS /v1/session': preflight,
  'POST /v1/frames': (_, { site }) => ({ query: { site }, headers: { origin: page }, body: frames as unknown as SampleCall['body'] & object }),
  'GET /v1/poll': (_, { site }) => ({ query: { site, wait: '0' }, headers: { origin: page, authorization: `Bearer pls_${'A'.repeat(43)}` } }),
  'POST /v1/requests': (_, { site }) => ({
    query: { site },
    headers: { origin: page, 'idempotency-key': newId() },
    body: { fields: { name: 'Carl', email: 'carl@customer.example', text: 'Where is it?' }, shownMs: 9_000 }
  }),
  'DELETE /v1/session': (_, { site }) => ({ query: { site }, headers: { origin: page, authorization: `Bearer plv_${'A'.repeat(43)}` } })
}

/** One good call for each route of the server. */
export const everySample: Readonly<Record<string, AnySample>> = { ...apiSamples, ...otherSamples }

/** Method and pattern of every route, from the server itself. */
export function everyRouteOf({
  server
}: Pick<World, 'server'>): readonly { readonly name: string; readonly method: string; readonly path: string }[] {
  const routes = server.parts.routes.list().filter(({ method }) => method !== 'HEAD')
  return routes.map(({ method, path }) => ({ name: `${method} ${path}`, method, path }))
}

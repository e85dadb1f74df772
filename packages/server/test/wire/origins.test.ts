import { expect, it } from 'vitest'
import { connect, openSocket } from '../domain/wire-client.js'
import { ownOrigin, shopOrigin, startWorld, type World } from '../domain/world.js'

const refused: readonly string[] = [
  'null',
  'http://shop.example',
  'https://shop.example:8443',
  'https://shop.example.',
  'https://SHOP.example',
  'https://shop.example/',
  'https://user@shop.example',
  'https://evil-shop.example',
  'https://shop.example.evil.example',
  'https://evilshop.example',
  'https://a.shop.example',
  'file://',
  'https://shop.example https://evil.example',
  'http://localhost:4700'
]

/** All that a page learns which is not let in. */
const refusal = JSON.stringify({ error: { code: 'cors', message: 'the origin is not on the list of the site' } })

/** Every route of widgets but the light, which is the same for everybody: from the server itself, so that none can be forgotten. */
function callsOf({ routes, url }: World): readonly (readonly [string, (headers: Record<string, string>) => Promise<Response>])[] {
  const entries = routes.list().filter(({ path }) => path.startsWith('/v1/') && path !== '/v1/sites/:site/light')
  return entries.map(({ method, path }) => [
    `${method} ${path}`,
    (headers) => {
      const content = method === 'POST' ? { body: '[]' } : {}
      const type = method === 'POST' ? { 'content-type': 'application/json' } : {}
      return fetch(`${url}${path}?site=shop&wait=0`, { method, headers: { ...headers, ...type }, ...content })
    }
  ])
}

it('knows the routes of widgets', async () => {
  const names = callsOf(await startWorld()).map(([name]) => name)
  expect(names).toEqual(expect.arrayContaining(['POST /v1/frames', 'GET /v1/poll', 'HEAD /v1/poll', 'POST /v1/requests', 'DELETE /v1/session']))
  expect(names.filter((name) => name.startsWith('OPTIONS ')).length).toBeGreaterThan(3)
})

it.each(refused)('a page of %s is refused everywhere', async (origin) => {
  const world = await startWorld()
  await expect(openSocket(world, { origin })).rejects.toThrow('refused with 403')
  for (const [name, call] of callsOf(world)) {
    const response = await call({ origin })
    expect([name, response.status]).toEqual([name, 403])
    expect(response.headers.get('vary'), name).toContain('Origin')
    const isPreflight = name.startsWith('OPTIONS ')
    expect(response.headers.get('access-control-allow-origin'), name).toBe(isPreflight ? null : '*')
    for (const header of ['methods', 'headers', 'credentials']) expect(response.headers.get(`access-control-allow-${header}`), name).toBeNull()
    expect(response.headers.get('access-control-expose-headers'), name).toBeNull()
    // All that it reads, the same whoever asks for whatever.
    if (!name.startsWith('HEAD ')) expect(await response.text(), name).toBe(refusal)
  }
})

it('a page of another origin learns nothing by a credential, and nothing is kept of what it sends', async () => {
  const world = await startWorld()
  const { welcome } = await connect(world)
  const { token } = welcome
  const headers = { origin: 'https://evil.example', authorization: `Bearer ${token}`, 'idempotency-key': '01900000-0000-7000-8000-000000000001' }
  const body = JSON.stringify({ fields: { email: 'ann@example.com', text: 'x' } })
  const answers = [
    await fetch(`${world.url}/v1/requests?site=shop`, { method: 'POST', headers, body }),
    await fetch(`${world.url}/v1/session?site=shop`, { method: 'DELETE', headers })
  ]
  for (const answer of answers) expect([answer.status, await answer.text(), answer.headers.get('set-cookie')]).toEqual([403, refusal, null])
  expect((await connect(world, { token })).welcome).toMatchObject({ you: welcome.you, conversations: [] })
})

it('a page asks whether it may speak, without beginning anything', async () => {
  const world = await startWorld()
  const ask = (site: string, origin: string) => fetch(`${world.url}/v1/frames?site=${site}`, { method: 'POST', headers: { origin }, body: '[]' })
  const answer = await ask('shop', shopOrigin)
  expect([answer.status, await answer.text(), answer.headers.get('access-control-allow-origin')]).toEqual([200, '[]', shopOrigin])
  const foreign = await ask('shop', 'https://evil.example')
  expect([foreign.status, await foreign.text()]).toEqual([403, refusal])
  const unknown = await ask('nowhere', 'https://evil.example')
  expect([unknown.status, unknown.headers.get('access-control-allow-origin')]).toEqual([404, '*'])
  expect(await unknown.json()).toMatchObject({ error: { code: 'not_found' } })
})

it('a browser endpoint without an origin is refused', async () => {
  const world = await startWorld()
  await expect(openSocket(world, { origin: '' })).rejects.toThrow('refused with 403')
  for (const [name, call] of callsOf(world)) expect([name, (await call({})).status]).toEqual([name, 403])
})

it.each([shopOrigin, ownOrigin])('a page of %s is let in, by its exact name and without cookies', async (origin) => {
  const world = await startWorld()
  const client = await openSocket(world, { origin })
  expect(client.socket.protocol).toBe('porchlight.v1')
  for (const [name, call] of callsOf(world)) {
    const response = await call({ origin })
    expect([name, response.status]).not.toEqual([name, 403])
    expect(response.headers.get('access-control-allow-origin'), name).toBe(origin)
    expect(response.headers.get('vary'), name).toContain('Origin')
    expect(response.headers.get('access-control-allow-credentials'), name).toBeNull()
    expect(response.headers.get('set-cookie'), name).toBeNull()
  }
})

it('a preflight allows our headers', async () => {
  const world = await startWorld()
  const response = await fetch(`${world.url}/v1/requests?site=shop`, { method: 'OPTIONS', headers: { origin: shopOrigin } })
  expect(response.status).toBe(204)
  expect(response.headers.get('access-control-allow-methods')).toBe('POST')
  expect(response.headers.get('access-control-allow-headers')).toBe('authorization, content-type, idempotency-key')
})

it('a page polls its own server without an origin, as browsers do', async () => {
  const world = await startWorld()
  const response = await fetch(`${world.url}/v1/poll?site=shop&wait=0`, { headers: { 'sec-fetch-site': 'same-origin' } })
  expect(response.status).toBe(401)
})

it.each(['/v1/socket?site=nowhere', '/v1/socket', '/v1/socket?site=shop&site=other', '/v1/other?site=shop'])('%s is no socket', async (path) => {
  const world = await startWorld()
  const { WebSocket } = await import('ws')
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}${path}`, ['porchlight.v1'], { headers: { origin: shopOrigin } })
  const status = await new Promise((resolve) => {
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode))
    socket.once('open', () => resolve('open'))
    socket.once('error', () => {})
  })
  expect(status).toBe(path.includes('other') && path.startsWith('/v1/socket') ? 'open' : 404)
  socket.terminate()
})

it('a socket without our subprotocol is refused', async () => {
  const world = await startWorld()
  const { WebSocket } = await import('ws')
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}/v1/socket?site=shop`, ['other'], { headers: { origin: shopOrigin } })
  const status = await new Promise((resolve) => {
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode))
    socket.once('error', () => {})
  })
  expect(status).toBe(426)
})

import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { ErrorBodySchema, errorTraits } from '@porchlight/protocol'
import fc from 'fast-check'
import { is } from 'valibot'
import { describe, expect, it } from 'vitest'
import { dump } from '../domain/dump.js'
import { ownerEmail, ownerPassword } from './api-server.js'
import { browserAt } from './browser.js'
import { type AnyCall, everyRouteOf, everySample } from './every-route.js'
import { openSocket } from './operator-socket.js'
import { fill } from './sample-calls.js'
import { startWorld, type World } from './world.js'

const runs = process.env['PORCHLIGHT_TEST_FULL'] ? 200 : 12

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    '../alpha',
    '%00',
    'inbox:beta',
    '[object Object]',
    "' or 1=1 --",
    '{"$ne":1}',
    'null',
    '-1',
    '1e400',
    'x'.repeat(3_000),
    '\u202e',
    '__proto__'
  )
)
const headerText = fc.oneof(
  fc.string({ unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)), maxLength: 60 }),
  fc.constantFrom(
    '',
    'null',
    'https://evil.example',
    'http://127.0.0.1:1',
    'text/plain',
    'multipart/form-data; boundary=x',
    'x'.repeat(6_000),
    `Bearer plv_${'A'.repeat(43)}`,
    'Bearer x'
  )
)
const headerName = fc.constantFrom(
  ...['authorization', 'cookie', 'content-type', 'origin', 'host', 'sec-fetch-site', 'idempotency-key', 'x-porchlight', 'accept-encoding'],
  ...['if-none-match', 'range', 'x-forwarded-for', 'x-http-method-override', 'content-encoding', 'expect']
)
const queryName = fc.oneof(fc.constantFrom('site', 'before', 'beforeId', 'limit', 'from', 'wait', 'lang', '__proto__', 'constructor', 'site[]'), text)

/** Something wrong, somewhere in a call. */
type Damage =
  | { readonly where: 'path' | 'body text'; readonly text: string }
  | { readonly where: 'query' | 'header'; readonly name: string; readonly text: string }
  | { readonly where: 'field'; readonly pick: number; readonly value: unknown }
  | { readonly where: 'body'; readonly bytes: Uint8Array }

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ where: fc.constant('path' as const), text }),
  fc.record({ where: fc.constant('query' as const), name: queryName, text }),
  fc.record({ where: fc.constant('header' as const), name: headerName, text: headerText }),
  fc.record({ where: fc.constant('field' as const), pick: fc.nat(), value: fc.oneof(fc.jsonValue({ maxDepth: 3 }), text, fc.constant('\ud800')) }),
  fc.record({
    where: fc.constant('body text' as const),
    text: fc.oneof(fc.json(), text, fc.constantFrom('{"__proto__":{"polluted":1}}', '['.repeat(9_000), '"x"'.repeat(30_000)))
  }),
  fc.record({ where: fc.constant('body' as const), bytes: fc.uint8Array({ maxLength: 200 }) })
)

interface Sent {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
}

function damaged(path: string, { params = {}, query = {}, headers = {}, body }: AnyCall, wrong: Damage): Sent {
  const parts: Record<string, string> = { ...params }
  const names = Object.keys(parts)
  if (wrong.where === 'path' && names[0] !== undefined) parts[names.at(-1) as string] = wrong.text
  const asked = new URLSearchParams(query)
  if (wrong.where === 'query') asked.append(wrong.name, wrong.text)
  if (wrong.where === 'query' && asked.has(wrong.name, wrong.text)) asked.set(wrong.name, wrong.text)
  const json: unknown = structuredClone(body)
  if (wrong.where === 'field' && typeof json === 'object' && json !== null) {
    const keys = Object.keys(json)
    Object.assign(json, { [keys[wrong.pick % keys.length] ?? 'x']: wrong.value })
  }
  const sent = wrong.where === 'body' ? wrong.bytes : wrong.where === 'body text' ? wrong.text : json === undefined ? undefined : JSON.stringify(json)
  const address = path.replace('*', () => encodeURIComponent(parts['*'] ?? ''))
  return {
    path: `${fill(address, parts)}?${asked}`,
    headers: {
      ...headers,
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      ...(wrong.where === 'header' ? { [wrong.name]: wrong.text } : {})
    },
    body: sent
  }
}

async function send(url: string, method: string, { path, headers, body }: Sent): Promise<{ readonly status: number; readonly text: string }> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const asked = request(url + path, { method, headers: { connection: 'close', ...headers, ...length } })
  // A server that refuses before it has read everything may hang up while we write.
  asked.on('error', () => {})
  asked.end(body)
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  let said = ''
  for await (const chunk of answer.setEncoding('utf8')) said += chunk
  return { status: answer.statusCode ?? 0, text: said }
}

async function ownerHeaders({ server }: World): Promise<Record<string, string>> {
  const browser = browserAt(server)
  await browser.signIn(ownerEmail, ownerPassword)
  return { cookie: browser.cookie() ?? '', 'x-porchlight': '1', origin: server.url, 'sec-fetch-site': 'same-origin' }
}

describe('whatever is wrong with a call', () => {
  it('every route of the server is tried: one without a sample fails here', async () => {
    const world = await startWorld({ isDemo: true })
    expect(
      everyRouteOf(world)
        .map(({ name }) => name)
        .sort()
    ).toEqual(Object.keys(everySample).sort())
  }, 60_000)

  it('it is answered, refused with a documented code, and changes nothing; nobody else notices', async () => {
    const world = await startWorld({ isDemo: true })
    const { server, own } = world
    const bystander = openSocket(server, { site: own.site, origin: 'http://localhost:8080' })
    await bystander.frame('welcome')
    let refusals = 0
    for (const { name, method, path } of everyRouteOf(world)) {
      const sample = everySample[name]
      let headers = path.startsWith('/api/') ? await ownerHeaders(world) : {}
      await fc.assert(
        fc.asyncProperty(damage, async (wrong) => {
          const call = (await sample?.(world, own)) ?? {}
          const before = await dump(server.parts.db)
          const answer = await send(server.url, method, damaged(path, { ...call, headers: { ...headers, ...call.headers } }, wrong))
          const what = `${name}: ${answer.status} ${answer.text.slice(0, 200)}`
          expect(answer.status, what).toBeLessThan(500)
          if (answer.status < 400) {
            // Some damage is none, as a query that nobody reads. A session may have ended or begun.
            if (path === '/api/session') headers = await ownerHeaders(world)
            return
          }
          refusals++
          const body: unknown = JSON.parse(answer.text)
          expect(is(ErrorBodySchema, body), what).toBe(true)
          expect(Object.keys(errorTraits), what).toContain((body as { error: { code: string } }).error.code)
          expect(await dump(server.parts.db), what).toBe(before)
        }),
        { numRuns: runs }
      )
      await bystander.ping()
    }
    expect(refusals).toBeGreaterThan(100)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(server.log()).not.toContain('request failed')
  }, 180_000)
})

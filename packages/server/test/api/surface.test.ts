import { connect } from 'node:net'
import { ErrorBodySchema } from '@porchlight/protocol'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { changeOnDisk } from '../domain/change-on-disk.js'
import { type ApiServer, startApiServer } from './api-server.js'
import { type Answer, browserAt, codeOf, ownerAt } from './browser.js'
import { apiRoutesOf } from './sample-calls.js'

/** Sends bytes as they are and reads until the server hangs up or has said enough. */
async function raw({ url }: ApiServer, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  socket.end(text)
  await new Promise((resolve) => socket.once('close', resolve))
  return answer
}

describe('every answer', () => {
  it('says that it is no page, no frame and nobody else’s, and not what made it', async () => {
    const server = await startApiServer({ isDemo: true })
    for (const path of ['/', '/console', '/api/setup', '/api/session', '/healthz', '/nowhere', '/v1/porchlight.js', '/v1/assets/nothing.js']) {
      const { headers, text } = await browserAt(server).call('GET', path)
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('referrer-policy'), path).toBe('no-referrer')
      expect(headers.get('content-security-policy'), path).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
      expect(headers.get('server') ?? headers.get('x-powered-by'), path).toBeNull()
      expect(text.toLowerCase(), path).not.toMatch(/fastify|node\.js|\bv?\d+\.\d+\.\d+/)
    }
  })

  it('carries its own request id, not one that the caller chose', async () => {
    const server = await startApiServer()
    const { headers } = await browserAt(server).call('GET', '/healthz', { headers: { 'x-request-id': 'chosen', 'request-id': 'chosen' } })
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{12}$/)
  })

  it('to an address that is not there is an error body', async () => {
    const server = await startApiServer()
    for (const path of ['/nowhere', '/api', '/api/nowhere', '/api/sites/x/y/z', '/admin.php', '/v2/porchlight.js', '/index.html', '/shop.html']) {
      const answer = await browserAt(server).call('GET', path)
      expect([answer.status, codeOf(answer)], path).toEqual([404, 'not_found'])
    }
  })

  it('to a method that an address does not take is an error body that names those it takes', async () => {
    const server = await startApiServer()
    const answer = await browserAt(server).call('PUT', '/api/session')
    expect([answer.status, codeOf(answer), answer.headers.get('allow')]).toEqual([405, 'unsupported', 'DELETE, GET, HEAD, POST'])
    expect((await browserAt(server).call('POST', '/console')).status).toBe(405)
    expect((await browserAt(server).call('DELETE', '/api/sites/alpha')).headers.get('allow')).toBe('GET, HEAD, PATCH')
  })

  it('to what is no HTTP or no address is an error, and the server lives on', async () => {
    const server = await startApiServer()
    const broken = await raw(server, 'GARBAGE\r\n\r\n')
    expect(broken).toMatch(/^HTTP\/1\.1 400 /)
    expect(v.is(ErrorBodySchema, JSON.parse(broken.split('\r\n\r\n')[1] ?? ''))).toBe(true)
    expect(await raw(server, 'GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"invalid"/)
    expect(await raw(server, `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect((await browserAt(server).call('GET', '/healthz')).status).toBe(200)
  })

  it('to a fault of ours tells nobody what it was', async () => {
    const server = await startApiServer()
    const owner = await ownerAt(server)
    await changeOnDisk(server.databasePath, ({ tx }) => tx.schema.alterTable('membership').renameTo('lost').execute())
    const answer = await owner.call('GET', '/api/sites')
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 'internal', message: 'a fault of the server' } } })
    expect(answer.text).not.toMatch(/membership|SQL/i)
    expect(server.log()).toContain('request failed')
  })
})

const operation = v.object({
  operationId: v.string(),
  summary: v.string(),
  tags: v.array(v.string()),
  parameters: v.optional(
    v.array(v.object({ name: v.string(), in: v.picklist(['path', 'query']), required: v.boolean(), schema: v.looseObject({}) })),
    []
  ),
  requestBody: v.optional(
    v.object({
      required: v.literal(true),
      content: v.strictObject({ 'application/json': v.object({ schema: v.looseObject({}), example: v.looseObject({}) }) })
    })
  ),
  responses: v.record(v.pipe(v.string(), v.regex(/^(\d{3}|[45]XX)$/)), v.looseObject({ description: v.string() })),
  security: v.optional(v.array(v.object({ session: v.array(v.string()) })))
})
const description = v.object({
  openapi: v.literal('3.0.3'),
  info: v.object({ title: v.string(), version: v.string() }),
  paths: v.record(v.string(), v.record(v.picklist(['get', 'post', 'put', 'patch', 'delete']), operation))
})

describe('the description of the API', () => {
  it('is OpenAPI 3.0 and names every route once, with its path parts and both kinds of answers', async () => {
    const server = await startApiServer()
    const answer = await browserAt(server).call('GET', '/api/openapi.json')
    const { paths } = v.parse(description, answer.body)
    const listed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, details]) => ({ path, method, ...details }))
    )
    const names = listed.map(({ path, method }) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`)
    expect(names.sort()).toEqual(
      apiRoutesOf({ server })
        .map(({ name }) => name)
        .sort()
    )
    expect(new Set(listed.map(({ operationId }) => operationId)).size).toBe(listed.length)
    for (const { path, method, parameters, requestBody, responses } of listed) {
      const inPath = parameters.filter((each) => each.in === 'path').map(({ name }) => `{${name}}`)
      expect(inPath.sort(), path).toEqual((path.match(/\{\w+\}/g) ?? []).sort())
      expect(Object.keys(responses), path).toEqual(expect.arrayContaining([expect.stringMatching(/^20\d$/), '4XX', '5XX']))
      if (['patch', 'put'].includes(method)) expect(requestBody, path).toBeDefined()
    }
  })

  it('says which routes need a session', async () => {
    const server = await startApiServer()
    const { paths } = v.parse(description, (await browserAt(server).call('GET', '/api/openapi.json')).body)
    const open = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { security }]) => security === undefined)
        .map(([method]) => `${method} ${path}`)
    )
    expect(open.sort()).toEqual(['get /api/openapi.json', 'get /api/session', 'get /api/setup', 'post /api/session', 'post /api/setup'])
  })

  it('gives a body for every call that takes one, and with those for a site of one’s own it can be set up', async () => {
    const server = await startApiServer()
    const owner = await ownerAt(server)
    const { paths } = v.parse(description, (await owner.call('GET', '/api/openapi.json')).body)
    const send = async (method: 'post' | 'patch', path: string): Promise<Answer> => {
      const body = paths[path]?.[method]?.requestBody?.content['application/json'].example
      return owner.call(method.toUpperCase(), path.replace('{site}', 'shop'), { body })
    }
    expect(await send('post', '/api/sites')).toMatchObject({ status: 201, body: { site: 'shop', role: 'owner' } })
    expect(await send('patch', '/api/sites/{site}')).toMatchObject({
      status: 200,
      body: { origins: expect.arrayContaining(['https://*.shop.example.com']) }
    })
    expect(await send('post', '/api/sites/{site}/operators')).toMatchObject({ status: 201, body: { name: 'Ann', role: 'agent' } })
    expect(await send('post', '/api/tickets')).toMatchObject({ status: 201 })
    const { email, password } = paths['/api/sites/{site}/operators']?.['post']?.requestBody?.content['application/json'].example ?? {}
    const ann = await browserAt(server).signIn(String(email), String(password))
    expect(ann).toMatchObject({ status: 201, body: { sites: [{ site: 'shop', role: 'agent' }] } })
  })
})

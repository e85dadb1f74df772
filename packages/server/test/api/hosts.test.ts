import { once } from 'node:events'
import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { type ApiServer, startApiServer } from './api-server.js'
import { apiRoutesOf, fill } from './sample-calls.js'

/** Asks under a host name of the caller's choice, as a browser does whose DNS was led here. */
async function statusAt({ url }: ApiServer, path: string, { host, method = 'GET' }: { host: string; method?: string }): Promise<number> {
  const asked = request(url + path, { method, headers: { host } })
  asked.end()
  const [answer] = await once(asked, 'response')
  answer.resume()
  return answer.statusCode
}

const foreign = ['evil.example', 'evil.example:4700', 'localhost.evil.example', '127.0.0.1.evil.example', 'localhost.', 'x@localhost', '10.0.0.1']
const open = ['/healthz', '/readyz', '/v1/porchlight.js']

describe('without a public URL', () => {
  it('operators are served under loopback names only, whatever the way an address is written', async () => {
    const server = await startApiServer()
    const paths = ['/console', '/console/', '/console/assets/main-a1b2c3d4.js', '/api/setup', '/%61pi/setup', '/api/setup?x=/v1/', '/metrics']
    for (const path of paths) {
      for (const host of ['localhost', 'localhost:1', '127.0.0.1:4700', '[::1]:4700', 'LOCALHOST'])
        expect(await statusAt(server, path, { host }), `${path} at ${host}`).toBe(200)
      for (const host of foreign) expect(await statusAt(server, path, { host }), `${path} at ${host}`).toBe(path === '/metrics' ? 404 : 403)
    }
  })

  it('no route of the API answers under another name', async () => {
    const server = await startApiServer()
    for (const { name, method, path } of apiRoutesOf({ server })) {
      const filled = fill(path, { site: 'alpha', c: 'x', id: 'x', operator: 'x' })
      expect(await statusAt(server, filled, { host: 'evil.example', method }), name).toBe(403)
    }
  })

  it('health and the widget’s files are there under every name', async () => {
    const server = await startApiServer()
    for (const path of open) for (const host of foreign) expect(await statusAt(server, path, { host }), `${path} at ${host}`).toBe(200)
  })
})

describe('with a public URL', () => {
  it('operators are served under its host only', async () => {
    const server = await startApiServer({ publicUrl: 'https://chat.example.com' })
    for (const path of ['/console', '/api/setup']) {
      for (const host of ['chat.example.com', 'chat.example.com:443']) expect(await statusAt(server, path, { host }), host).toBe(200)
      for (const host of [...foreign, 'localhost:4700', 'chat.example.com:80']) expect(await statusAt(server, path, { host }), host).toBe(403)
    }
    for (const path of open) expect(await statusAt(server, path, { host: '127.0.0.1:4700' }), path).toBe(200)
  })

  it('metrics stay with this machine: a proxy that passes the public name on gets none', async () => {
    const server = await startApiServer({ publicUrl: 'https://chat.example.com' })
    expect(await statusAt(server, '/metrics', { host: 'chat.example.com' })).toBe(404)
    expect(await statusAt(server, '/metrics', { host: 'localhost:4700' })).toBe(200)
  })
})

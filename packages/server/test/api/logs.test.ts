import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { changeOnDisk } from '../domain/change-on-disk.js'
import { ownerEmail, ownerPassword, startApiServer } from './api-server.js'
import { browserAt, staffPassword } from './browser.js'
import { connect, openSocket, ticketFor } from './operator-socket.js'
import { apiRoutesOf, fill, samples } from './sample-calls.js'
import { leaveRequest, newId, startWorld } from './world.js'

describe('the log of a whole session', () => {
  it('holds no password, cookie, ticket, token, text, name, address or query', async () => {
    const world = await startWorld()
    const { server, staff, own } = world
    const { ticket } = await ticketFor(staff.agent, 'alpha')
    const operator = openSocket(server, { site: 'alpha', ticket })
    const visitor = openSocket(server, { site: 'alpha', origin: 'http://localhost:8080' })
    const welcome = await visitor.frame('welcome')
    visitor.send({ t: 'open', id: newId() })
    const { c } = await visitor.frame('ack')
    visitor.send({ t: 'pub', c, id: newId(), n: 1, k: 'text', body: { text: 'heliotrope question' } })
    await operator.frame('welcome')
    operator.send({ t: 'pub', c: own.conversation, id: newId(), n: 1, k: 'text', body: { text: 'heliotrope answer' } })
    await operator.frame('ack')
    await leaveRequest(server, 'alpha', 'heliotrope request')
    await staff.agent.signIn(ownerEmail, 'heliotrope password')
    await staff.owner.call('GET', '/api/sites/alpha/conversations?limit=7&needle=heliotrope')
    await staff.owner.call('GET', '/heliotrope/path', { headers: { 'user-agent': 'heliotrope browser', referer: 'https://heliotrope.example/' } })
    await staff.owner.call('POST', '/api/sites', { body: '{"site":"heliotrope' })
    for (const { name, method, path } of apiRoutesOf(world).filter((route) => route.name !== 'DELETE /api/session')) {
      const sample = await samples[name]?.(world, own)
      await staff.owner.call(method, fill(path, sample?.params), { body: sample?.body })
    }
    await connect(server, staff.viewer, 'alpha')
    await staff.viewer.call('DELETE', '/api/session')

    const log = server.log()
    expect(log.split('\n').length).toBeGreaterThan(40)
    for (const line of log.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow()
    const secrets = [
      ownerPassword,
      staffPassword,
      ticket,
      welcome.token,
      staff.agent.cookie()?.split('=')[1],
      'heliotrope',
      'Carl',
      '@',
      own.conversation
    ]
    for (const secret of secrets) {
      expect(secret?.length ?? 0).toBeGreaterThan(0)
      expect(log).not.toContain(secret)
    }
    expect(log).not.toMatch(/pl[svto]_|\?|limit=|127\.0\.0\.1/)
    const files = ['porchlight.db', 'porchlight.db-wal'].map((name) => readFile(join(server.dataFolder, name), 'latin1'))
    const disk = (await Promise.all(files)).join()
    expect(disk).toContain('heliotrope')
    for (const secret of [ownerPassword, staffPassword, ticket, welcome.token ?? 'none']) expect(disk).not.toContain(secret)
  }, 20_000)

  it('holds nothing of what was in flight when the server failed: no credential, no text, no set-up token', async () => {
    const server = await startApiServer({ owner: undefined, isDemo: true })
    const { setupToken } = server.server
    const origin = 'http://localhost:8080'
    const visitor = openSocket(server, { site: 'demo', origin })
    const { token = '' } = await visitor.frame('welcome')
    visitor.send({ t: 'open', id: newId() })
    const { c } = await visitor.frame('ack')
    await changeOnDisk(server.databasePath, async ({ tx }) => {
      for (const name of ['event', 'request', 'setup_token', 'visitor_token', 'operator'])
        await tx.schema.alterTable(name).renameTo(`lost_${name}`).execute()
    })

    visitor.send({ t: 'pub', c, id: newId(), n: 1, k: 'text', body: { text: 'heliotrope text' } })
    expect((await visitor.frame('nack')).code).toBe('internal')
    const bearer = { origin, authorization: `Bearer ${token}` }
    const body = JSON.stringify({
      fields: { name: 'Helio Trope', email: 'heliotrope@example.com', text: 'heliotrope' },
      page: 'https://heliotrope.example/?a=b'
    })
    const json = { ...bearer, 'content-type': 'application/json', 'idempotency-key': newId() }
    const owner = { token: setupToken, email: 'heliotrope@example.com', name: 'Helio', password: ownerPassword }
    const statuses = [
      await fetch(`${server.url}/v1/requests?site=demo&needle=heliotrope`, { method: 'POST', headers: json, body }),
      await fetch(`${server.url}/v1/session?site=demo`, { method: 'DELETE', headers: bearer }),
      await fetch(`${server.url}/v1/frames?site=demo`, { method: 'POST', headers: json, body: '["heliotrope"]' }),
      await fetch(`${server.url}/v1/poll?site=demo`, { headers: { origin, authorization: 'Bearer heliotrope' } }),
      await browserAt(server).call('POST', '/api/setup', { body: owner }),
      await browserAt(server).signIn('heliotrope@example.com', ownerPassword)
    ].map(({ status }) => status)
    expect(statuses).toEqual([500, 500, 401, 401, 500, 500])

    const log = server.log()
    expect(log.split('"level":"error"').length).toBeGreaterThan(5)
    expect(setupToken).toMatch(/^plo_/)
    for (const secret of [setupToken ?? '', token, ownerPassword, 'heliotrope', 'Helio', c, '@'])
      expect(log.replaceAll('node_modules/@', '')).not.toContain(secret)
    expect(log).not.toMatch(/pl[svto]_[\w-]{10}|needle/)
  })

  it('says which route, how it ended and how long it took', async () => {
    const { server, staff } = await startWorld()
    const { headers } = await staff.owner.call('GET', '/api/sites/alpha/inbox')
    const line = server
      .log()
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text))
      .find(({ requestId }) => requestId === headers.get('x-request-id'))
    expect(line).toMatchObject({ level: 'info', method: 'GET', route: '/api/sites/:site/inbox', status: 200, durationMs: expect.any(Number) })
  })
})

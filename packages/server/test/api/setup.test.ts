import { describe, expect, it } from 'vitest'
import { ownerPassword, startApiServer } from './api-server.js'
import { browserAt, codeOf } from './browser.js'
import { manualTime } from './manual-time.js'

const owner = { email: 'olive@alpha.example', name: 'Olive', password: ownerPassword }

describe('a fresh server without an owner', () => {
  it('has no account that anybody could guess', async () => {
    const server = await startApiServer({ owner: undefined })
    expect((await browserAt(server).call('GET', '/api/setup')).body).toEqual({ needed: true })
    for (const email of ['admin', 'owner@example.com', 'admin@porchlight']) {
      expect((await browserAt(server).signIn(email, 'admin admin admin')).status).toBe(401)
    }
  })

  it('makes its first owner once, with the token, and signs him in', async () => {
    const server = await startApiServer({ owner: undefined, isDemo: true })
    const token = server.server.setupToken ?? ''
    const browser = browserAt(server)
    const answer = await browser.call('POST', '/api/setup', { body: { ...owner, token } })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({ name: 'Olive', sites: [{ site: 'demo', role: 'owner' }] })
    expect((await browser.call('GET', '/api/session')).status).toBe(200)

    const again = await browserAt(server).call('POST', '/api/setup', { body: { ...owner, email: 'eve@evil.example', token } })
    expect(codeOf(again)).toBe('unauthorized')
    expect((await browser.call('GET', '/api/setup')).body).toEqual({ needed: false })
  })

  it('makes one owner of two who hold the token and come at the same time', async () => {
    const server = await startApiServer({ owner: undefined })
    const token = server.server.setupToken ?? ''
    const emails = ['one@alpha.example', 'two@alpha.example', 'three@alpha.example']
    const answers = await Promise.all(emails.map((email) => browserAt(server).call('POST', '/api/setup', { body: { ...owner, email, token } })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401])
    expect(await server.parts.db.query.selectFrom('operator').select('id').execute()).toHaveLength(1)
  })

  it('refuses a token of another start, and keeps its own good after a refused password', async () => {
    const first = await startApiServer({ owner: undefined })
    const stale = first.server.setupToken
    await first.server.close()
    const server = await startApiServer({ owner: undefined, dataFolder: first.dataFolder })
    const token = server.server.setupToken
    expect(token).not.toBe(stale)
    expect((await browserAt(server).call('POST', '/api/setup', { body: { ...owner, token: stale } })).status).toBe(401)
    expect((await browserAt(server).call('POST', '/api/setup', { body: { ...owner, password: 'password1234', token } })).status).toBe(400)
    expect((await browserAt(server).call('POST', '/api/setup', { body: { ...owner, token } })).status).toBe(201)
  })

  it('refuses the token a day later', async () => {
    const clock = manualTime()
    const server = await startApiServer({ owner: undefined, clock })
    clock.pass(24 * 3_600_000)
    expect((await browserAt(server).call('POST', '/api/setup', { body: { ...owner, token: server.server.setupToken } })).status).toBe(401)
  })

  it('lets its first owner make a site though there is none to own', async () => {
    const server = await startApiServer({ owner: undefined })
    const browser = browserAt(server)
    await browser.call('POST', '/api/setup', { body: { ...owner, token: server.server.setupToken } })
    const body = { site: 'shop', name: 'The shop', origins: ['https://shop.example'] }
    expect(await browser.call('POST', '/api/sites', { body })).toMatchObject({ status: 201, body: { ...body, role: 'owner' } })
    expect(codeOf(await browser.call('POST', '/api/sites', { body }))).toBe('id_conflict')
  })
})

describe('a server with an owner in its configuration', () => {
  it('has no set-up token, and a second start changes nothing', async () => {
    const first = await startApiServer()
    expect(first.server.setupToken).toBeNull()
    await first.server.close()
    const second = await startApiServer({ dataFolder: first.dataFolder, owner: { email: 'eve@evil.example', password: 'a different password' } })
    expect((await browserAt(second).signIn('eve@evil.example', 'a different password')).status).toBe(401)
    expect((await browserAt(second).signIn(owner.email, ownerPassword)).status).toBe(201)
  })
})

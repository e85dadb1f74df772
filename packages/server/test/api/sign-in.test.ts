import { describe, expect, it } from 'vitest'
import { ownerEmail, ownerPassword, startApiServer } from './api-server.js'
import { browserAt, codeOf, hire, makeSite, ownerAt, staffPassword } from './browser.js'

describe('asking who is signed in', () => {
  it('is no failure where nobody is', async () => {
    const answer = await browserAt(await startApiServer()).call('GET', '/api/session')
    expect([answer.status, answer.text, answer.headers.get('cache-control')]).toEqual([204, '', 'no-store'])
  })
})

describe('signing in', () => {
  it('gives a cookie that no script can read and no other site can send', async () => {
    const server = await startApiServer()
    const answer = await browserAt(server).signIn(ownerEmail.toUpperCase(), ownerPassword)
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({ email: ownerEmail, name: 'Owner', available: false, sites: [] })
    expect(answer.headers.get('set-cookie')).toMatch(/^porchlight-dev=pls_[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('over https sets a cookie bound to the host', async () => {
    const server = await startApiServer({ publicUrl: 'https://chat.example.com' })
    const answer = await server.parts.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { email: ownerEmail, password: ownerPassword },
      headers: { origin: 'https://chat.example.com', host: 'chat.example.com', 'x-porchlight': '1' }
    })
    expect(answer.headers['set-cookie']).toMatch(/^__Host-porchlight=.+; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000')
  })

  it('answers a wrong password, an unknown address and a disabled account with the same body', async () => {
    const server = await startApiServer()
    const owner = await ownerAt(server)
    await makeSite(owner, 'alpha')
    await hire(server, owner, { site: 'alpha', role: 'agent' })
    const { db } = server.parts
    const { id } = await db.query.selectFrom('operator').select('id').where('email', '=', 'agent@alpha.example').executeTakeFirstOrThrow()
    await db.write('operator.setDisabled', { id, isDisabled: true })
    const answers = [
      await browserAt(server).signIn(ownerEmail, 'not the right one'),
      await browserAt(server).signIn('nobody@alpha.example', 'not the right one'),
      await browserAt(server).signIn('agent@alpha.example', staffPassword)
    ]
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers[0]?.status).toBe(401)
  })

  it('is delayed after five failures, also for the right password, and for an address that has no account', async () => {
    const server = await startApiServer()
    for (const email of [ownerEmail, 'nobody@alpha.example']) {
      for (let count = 0; count < 5; count++) expect((await browserAt(server).signIn(email, 'not the right one')).status).toBe(401)
      const answer = await browserAt(server).signIn(email, ownerPassword)
      expect(answer.status).toBe(429)
      expect(codeOf(answer)).toBe('rate_limited')
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(25)
    }
  })

  it('is not held up for the owner by somebody who guesses his password elsewhere', async () => {
    const server = await startApiServer({ trustProxy: 1 })
    const from = (address: string, password: string) =>
      browserAt(server).call('POST', '/api/session', { body: { email: ownerEmail, password }, headers: { 'x-forwarded-for': address } })
    for (let count = 0; count < 12; count++) await from('203.0.113.66', 'not the right one')
    expect((await from('203.0.113.66', ownerPassword)).status).toBe(429)
    expect((await from('198.51.100.7', ownerPassword)).status).toBe(201)
  })

  it('is not delayed by what a caller says about his address, unless a proxy is trusted', async () => {
    async function statusesFrom(trustProxy: number | undefined): Promise<number[]> {
      const server = await startApiServer({ trustProxy })
      const statuses: number[] = []
      for (let count = 0; count < 21; count++) {
        const email = `user${count}@alpha.example`
        const headers = { 'x-forwarded-for': '203.0.113.5', forwarded: 'for=203.0.113.5' }
        statuses.push((await browserAt(server).call('POST', '/api/session', { body: { email, password: 'wrong' }, headers })).status)
      }
      return statuses
    }
    expect((await statusesFrom(undefined)).filter((status) => status === 429)).toHaveLength(0)
    expect((await statusesFrom(1)).filter((status) => status === 429)).toHaveLength(1)
  })

  it('again makes a new session and ends the one before', async () => {
    const server = await startApiServer()
    const browser = await ownerAt(server)
    const first = browser.cookie()
    await browser.signIn(ownerEmail, ownerPassword)
    expect(browser.cookie()).not.toBe(first)
    expect((await browserAt(server).call('GET', '/api/session', { headers: { cookie: first } })).status).toBe(204)
    expect((await browser.call('GET', '/api/session')).status).toBe(200)
  })

  it('never makes a session that the browser chose', async () => {
    const server = await startApiServer()
    const chosen = `porchlight-dev=pls_${'A'.repeat(43)}`
    const browser = browserAt(server)
    await browser.call('POST', '/api/session', { body: { email: ownerEmail, password: ownerPassword }, headers: { cookie: chosen } })
    expect(browser.cookie()).not.toBe(chosen)
    expect((await browserAt(server).call('GET', '/api/session', { headers: { cookie: chosen } })).status).toBe(204)
  })

  it('takes a password of 128 characters', async () => {
    const server = await startApiServer()
    const owner = await ownerAt(server)
    const next = Array.from({ length: 128 }, (_, index) => String.fromCharCode(97 + ((index * 7) % 26))).join('')
    expect((await owner.call('PUT', '/api/me/password', { body: { current: ownerPassword, next } })).status).toBe(204)
    expect((await browserAt(server).signIn(ownerEmail, next)).status).toBe(201)
  })

  it('stores no password, cookie or ticket as it is', async () => {
    const server = await startApiServer()
    const owner = await ownerAt(server)
    await makeSite(owner, 'alpha')
    const { body } = await owner.call('POST', '/api/tickets', { body: { site: 'alpha' } })
    const { query } = server.parts.db
    const stored = JSON.stringify([
      await query.selectFrom('operator').selectAll().execute(),
      await query.selectFrom('operator_session').selectAll().execute(),
      await query.selectFrom('ticket').selectAll().execute()
    ])
    for (const secret of [ownerPassword, owner.cookie()?.split('=')[1] ?? '', (body as { ticket: string }).ticket]) {
      expect(secret.length).toBeGreaterThan(11)
      expect(stored).not.toContain(secret)
    }
  })
})

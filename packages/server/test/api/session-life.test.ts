import { describe, expect, it } from 'vitest'
import { sessionLife } from '../../src/store/session-store.js'
import { ownerEmail, ownerPassword, startApiServer } from './api-server.js'
import { type Browser, browserAt, codeOf, hire, makeSite, ownerAt, staffPassword } from './browser.js'
import { manualTime } from './manual-time.js'

async function isSignedIn(browser: Browser): Promise<boolean> {
  return (await browser.call('GET', '/api/session')).status === 200
}

describe('a session', () => {
  it('ends two hours after the last request', async () => {
    const clock = manualTime()
    const server = await startApiServer({ clock })
    const browser = await ownerAt(server)
    for (let count = 0; count < 3; count++) {
      clock.pass(sessionLife.idleMs - 60_000)
      expect(await isSignedIn(browser)).toBe(true)
    }
    clock.pass(sessionLife.idleMs)
    expect(await isSignedIn(browser)).toBe(false)
  })

  it('ends after twelve hours, however busy it is', async () => {
    const clock = manualTime()
    const server = await startApiServer({ clock })
    const browser = await ownerAt(server)
    for (let hour = 0; hour < 11; hour++) {
      clock.pass(3_600_000)
      expect(await isSignedIn(browser)).toBe(true)
    }
    clock.pass(3_600_000)
    expect(await isSignedIn(browser)).toBe(false)
  })

  it('ends with signing out, and its cookie opens nothing any more', async () => {
    const server = await startApiServer()
    const browser = await ownerAt(server)
    const cookie = browser.cookie()
    const answer = await browser.call('DELETE', '/api/session')
    expect(answer.status).toBe(204)
    expect(answer.headers.get('set-cookie')).toContain('porchlight-dev=;')
    expect((await browserAt(server).call('GET', '/api/session', { headers: { cookie } })).status).toBe(204)
  })

  it('ends when the password changes, but for the browser that changed it, which gets a new one', async () => {
    const server = await startApiServer()
    const [here, elsewhere] = [await ownerAt(server), await ownerAt(server)]
    const before = here.cookie()
    const body = { current: ownerPassword, next: 'another quiet light' }
    expect((await here.call('PUT', '/api/me/password', { body })).status).toBe(204)
    expect(here.cookie()).not.toBe(before)
    expect(await isSignedIn(here)).toBe(true)
    expect(await isSignedIn(elsewhere)).toBe(false)
    expect((await browserAt(server).signIn(ownerEmail, ownerPassword)).status).toBe(401)
  })

  it('stays when a password is refused', async () => {
    const server = await startApiServer()
    const owner = await ownerAt(server)
    const wrong = await owner.call('PUT', '/api/me/password', { body: { current: 'not the right one', next: 'another quiet light' } })
    const weak = await owner.call('PUT', '/api/me/password', { body: { current: ownerPassword, next: 'password12345' } })
    expect([codeOf(wrong), codeOf(weak)]).toEqual(['unauthorized', 'invalid'])
    expect(weak.body).toMatchObject({ error: { fields: [{ field: 'next' }] } })
    expect(await isSignedIn(owner)).toBe(true)
  })

  it.each([
    ['a new role', 'PATCH', { role: 'viewer' }],
    ['being disabled', 'PATCH', { disabled: true }],
    ['removal', 'DELETE', undefined]
  ])('ends with %s', async (_, method, body) => {
    const server = await startApiServer()
    const owner = await ownerAt(server)
    await makeSite(owner, 'alpha')
    const agent = await hire(server, owner, { site: 'alpha', role: 'agent' })
    const { id } = (await agent.call('GET', '/api/session')).body as { id: string }
    expect((await owner.call(method, `/api/sites/alpha/operators/${id}`, { body })).status).toBeLessThan(300)
    expect(await isSignedIn(agent)).toBe(false)
    expect(await isSignedIn(owner)).toBe(true)
    const again = await browserAt(server).signIn('agent@alpha.example', staffPassword)
    expect(again.status).toBe(body && 'disabled' in body ? 401 : 201)
  })

  it('survives a restart of the server', async () => {
    const first = await startApiServer()
    const browser = await ownerAt(first)
    await first.server.close()
    const second = await startApiServer({ dataFolder: first.dataFolder })
    expect((await browserAt(second).call('GET', '/api/session', { headers: { cookie: browser.cookie() } })).status).toBe(200)
  })
})

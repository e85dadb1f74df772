import { closeCodes } from '@porchlight/protocol'
import { describe, expect, it } from 'vitest'
import { ownerPassword, startApiServer } from './api-server.js'
import { type Browser, hire, makeSite, ownerAt } from './browser.js'
import { manualTime } from './manual-time.js'
import { connect, openSocket, ticketFor } from './operator-socket.js'
import { idOf, leaveRequest, newId, startWorld } from './world.js'

async function startWithSite(clock = manualTime()): Promise<{ server: Awaited<ReturnType<typeof startApiServer>>; owner: Browser }> {
  const server = await startApiServer({ clock })
  const owner = await ownerAt(server)
  await makeSite(owner, 'alpha')
  await makeSite(owner, 'beta')
  return { server, owner }
}

const { token, forbidden } = closeCodes

describe('a ticket', () => {
  it('opens one socket, as the operator who fetched it', async () => {
    const { server, owner } = await startWithSite()
    const { ticket } = await ticketFor(owner, 'alpha')
    const welcome = await openSocket(server, { site: 'alpha', ticket }).frame('welcome')
    expect(welcome.you).toMatchObject({ name: 'Owner', verified: true })
    const second = openSocket(server, { site: 'alpha', ticket })
    expect((await second.frame('err')).code).toBe('unauthorized')
    expect(await second.closed).toBe(token.code)
  })

  it('is good for 30 seconds', async () => {
    const clock = manualTime()
    const { server, owner } = await startWithSite(clock)
    const { ticket, expiresAt } = await ticketFor(owner, 'alpha')
    expect(expiresAt - clock.now()).toBe(30_000)
    clock.pass(30_000)
    expect(await openSocket(server, { site: 'alpha', ticket }).closed).toBe(token.code)
  })

  it('opens nothing on another site, or from another site’s page', async () => {
    const { server, owner } = await startWithSite()
    const { ticket } = await ticketFor(owner, 'alpha')
    expect(await openSocket(server, { site: 'beta', ticket }).closed).toBe(token.code)
    expect(await openSocket(server, { site: 'alpha', ticket, origin: 'http://localhost:9' }).closed).toBe(forbidden.code)
  })

  it('ends with the sign-in that fetched it', async () => {
    const { server, owner } = await startWithSite()
    const { ticket } = await ticketFor(owner, 'alpha')
    await owner.call('DELETE', '/api/session')
    expect(await openSocket(server, { site: 'alpha', ticket }).closed).toBe(token.code)
  })

  it('is given only to those who work on the site', async () => {
    const world = await startWorld()
    const answer = await world.stranger.call('POST', '/api/tickets', { body: { site: 'alpha' } })
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } })
  })

  it('is not replaced by a cookie: a socket without one is a visitor’s, or refused', async () => {
    const { server, owner } = await startWithSite()
    const visitor = openSocket(server, { site: 'alpha', cookie: owner.cookie() })
    expect((await visitor.frame('welcome')).you).toMatchObject({ verified: false })
    const foreign = openSocket(server, { site: 'alpha', cookie: owner.cookie(), origin: 'https://evil.example' })
    expect(await foreign.closed).toBe(closeCodes.abnormal.code)
  })

  it('chosen by the client opens nothing', async () => {
    const { server } = await startWithSite()
    expect(await openSocket(server, { site: 'alpha', ticket: `plt_${'A'.repeat(43)}` }).closed).toBe(token.code)
  })
})

describe('an open socket ends within a second', () => {
  it.each([
    ['the role changes', (owner: Browser, id: string) => owner.call('PATCH', `/api/sites/alpha/operators/${id}`, { body: { role: 'viewer' } })],
    [
      'the account is disabled',
      (owner: Browser, id: string) => owner.call('PATCH', `/api/sites/alpha/operators/${id}`, { body: { disabled: true } })
    ],
    ['the operator is removed', (owner: Browser, id: string) => owner.call('DELETE', `/api/sites/alpha/operators/${id}`)]
  ])('when %s', async (_, change) => {
    const { server, owner } = await startWithSite()
    const agent = await hire(server, owner, { site: 'alpha', role: 'agent' })
    const socket = await connect(server, agent, 'alpha')
    const other = await connect(server, owner, 'alpha')
    const start = performance.now()
    expect((await change(owner, idOf((await agent.call('GET', '/api/session')).body))).status).toBeLessThan(300)
    expect(await socket.closed).toBe(token.code)
    expect(performance.now() - start).toBeLessThan(1_000)
    other.send({ t: 'ping', now: 1 })
    expect(await other.frame('pong')).toMatchObject({ echo: 1 })
  })

  it('when the password changes, in every browser', async () => {
    const { server, owner } = await startWithSite()
    const elsewhere = await ownerAt(server)
    const sockets = [await connect(server, owner, 'alpha'), await connect(server, elsewhere, 'alpha')]
    await owner.call('PUT', '/api/me/password', { body: { current: ownerPassword, next: 'another quiet light' } })
    expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([token.code, token.code])
    await connect(server, owner, 'alpha')
  })

  it('when its browser signs out, and no other browser’s does', async () => {
    const { server, owner } = await startWithSite()
    const elsewhere = await ownerAt(server)
    const [here, there] = [await connect(server, owner, 'alpha'), await connect(server, elsewhere, 'beta')]
    await owner.call('DELETE', '/api/session')
    expect(await here.closed).toBe(token.code)
    there.send({ t: 'ping', now: 2 })
    expect(await there.frame('pong')).toMatchObject({ echo: 2 })
  })
})

describe('a viewer', () => {
  it('sends nothing over a socket either', async () => {
    const world = await startWorld()
    const socket = await connect(world.server, world.staff.viewer, 'alpha')
    socket.send({ t: 'pub', c: world.own.conversation, id: newId(), n: 1, k: 'text', body: { text: 'Hello' } })
    expect(await socket.frame('nack')).toMatchObject({ code: 'forbidden' })
  })
})

describe('an operator who only writes over his socket', () => {
  it('stays signed in', async () => {
    const clock = manualTime()
    const { server, owner } = await startWithSite(clock)
    const agent = await hire(server, owner, { site: 'alpha', role: 'agent' })
    const { c } = await leaveRequest(server, 'alpha', 'Where is my parcel?')
    const socket = await connect(server, agent, 'alpha')
    clock.pass(90 * 60_000)
    socket.send({ t: 'pub', c, id: newId(), n: 1, k: 'text', body: { text: 'On its way.' } })
    await socket.frame('ack')
    clock.pass(90 * 60_000)
    expect((await agent.call('GET', '/api/session')).status).toBe(200)
    expect((await owner.call('GET', '/api/session')).status).toBe(204)
  })
})

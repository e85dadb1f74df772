import type { Role } from '@porchlight/protocol'
import { describe, expect, it } from 'vitest'
import { type Action, mayOnSite, policy, ruleOf } from '../../src/auth/policy.js'
import { type Browser, browserAt, codeOf } from './browser.js'
import { apiRoutesOf, fill, samples } from './sample-calls.js'
import { roles, startWorld, stateOf } from './world.js'

describe('every route of the API', () => {
  it('names an action of the policy, and has a sample call', async () => {
    const world = await startWorld()
    const routes = world.server.parts.routes.list().filter(({ path }) => path.startsWith('/api/'))
    expect(routes.length).toBeGreaterThan(20)
    for (const { action, path } of routes) expect(ruleOf(action ?? ''), path).toBeDefined()
    expect(
      apiRoutesOf(world)
        .map(({ name }) => name)
        .sort()
    ).toEqual(Object.keys(samples).sort())
    const used = new Set(routes.map(({ action }) => action))
    const wireOnly = ['conversation.open', 'credential.renew', 'cursor.move', 'socket.open', 'typing.show']
    expect(
      Object.keys(policy)
        .filter((action) => !used.has(action as Action))
        .sort()
    ).toEqual(wireOnly)
  })

  it('about a site does for each role what the policy says, and tells others that there is no such site', async () => {
    const world = await startWorld()
    const actionOf = new Map(world.server.parts.routes.list().map(({ method, path, action }) => [`${method} ${path}`, action as Action]))
    const seen: string[] = []
    for (const { name, method, path } of apiRoutesOf(world).filter((route) => route.path.startsWith('/api/sites/:site'))) {
      const action = actionOf.get(name) as Action
      const callers: [Role | 'stranger' | 'nobody', Browser][] = [
        ...roles.map((role): [Role, Browser] => [role, world.staff[role]]),
        ['stranger', world.stranger],
        ['nobody', browserAt(world.server)]
      ]
      for (const [who, browser] of callers) {
        const sample = await samples[name]?.(world, world.own)
        const before = await stateOf(world)
        const answer = await browser.call(method, fill(path, sample?.params), { body: sample?.body })
        const expected = who === 'nobody' ? 401 : who === 'stranger' ? 404 : mayOnSite(who, action) ? 'good' : 403
        expect(answer.status < 300 ? 'good' : answer.status, `${name} by ${who}: ${answer.text}`).toBe(expected)
        if (expected !== 'good') expect(await stateOf(world), `${name} by ${who}`).toBe(before)
        seen.push(`${who} ${expected}`)
      }
    }
    expect(seen.length).toBeGreaterThan(60)
    expect(seen).toContain('viewer 403')
  }, 30_000)

  it('that is not for everybody is for nobody who is not signed in', async () => {
    const world = await startWorld()
    for (const { name, method, path } of apiRoutesOf(world)) {
      const action = world.server.parts.routes.list().find((route) => `${route.method} ${route.path}` === name)?.action as Action
      if (policy[action].scope === 'anyone') continue
      const sample = await samples[name]?.(world, world.own)
      const answer = await browserAt(world.server).call(method, fill(path, sample?.params), { body: sample?.body })
      expect([answer.status, codeOf(answer)], name).toEqual([401, 'unauthorized'])
    }
  })

  it('finds nothing of another site under the name of one’s own', async () => {
    const world = await startWorld()
    const { own, foreign, staff } = world
    for (const { name, method, path } of apiRoutesOf(world).filter((route) => /:(c|id|operator)\b/.test(route.path))) {
      const sample = await samples[name]?.(world, foreign)
      const before = await stateOf(world)
      const answer = await staff.owner.call(method, fill(path, { ...sample?.params, site: own.site }), { body: sample?.body })
      expect(answer.status, `${name}: ${answer.text}`).toBe(404)
      expect(await stateOf(world), name).toBe(before)
    }
  })

  it('shows an operator only the sites he works for', async () => {
    const world = await startWorld()
    expect((await world.stranger.call('GET', '/api/sites')).body).toMatchObject({ sites: [{ site: 'beta', role: 'owner' }] })
    expect((await world.staff.viewer.call('GET', '/api/session')).body).toMatchObject({ sites: [{ site: 'alpha', role: 'viewer' }] })
  })
})

describe('who manages whom', () => {
  it('an admin changes, adds and removes neither owners nor admins, nor makes any', async () => {
    const world = await startWorld()
    const { admin } = world.staff
    for (const role of ['owner', 'admin'] as const) {
      const id = await world.recruit(role)
      const path = `/api/sites/alpha/operators/${id}`
      const agent = `/api/sites/alpha/operators/${await world.recruit('agent')}`
      const statuses = [
        await admin.call('PATCH', path, { body: { role: 'viewer' } }),
        await admin.call('PATCH', path, { body: { disabled: true } }),
        await admin.call('DELETE', path),
        await admin.call('PATCH', agent, { body: { role } }),
        await admin.call('POST', '/api/sites/alpha/operators', {
          body: { email: 'x@alpha.example', name: 'X', role, password: 'kettle orbit mural' }
        })
      ].map(({ status }) => status)
      expect(statuses).toEqual([403, 403, 403, 403, 403])
    }
  })

  it('a site keeps its last owner', async () => {
    const world = await startWorld()
    const { owner } = world.staff
    const members = (await owner.call('GET', '/api/sites/alpha/operators')).body as { operators: { id: string; email: string; role: string }[] }
    const first = members.operators.find(({ email }) => email === 'olive@alpha.example')
    expect((await owner.call('DELETE', `/api/sites/alpha/operators/${first?.id}`)).status).toBe(204)
    const self = ((await owner.call('GET', '/api/session')).body as { id: string }).id
    expect((await owner.call('PATCH', `/api/sites/alpha/operators/${self}`, { body: { role: 'admin' } })).status).toBe(403)
    expect((await owner.call('DELETE', `/api/sites/alpha/operators/${self}`)).status).toBe(403)
    expect((await owner.call('PATCH', `/api/sites/alpha/operators/${self}`, { body: { disabled: true } })).status).toBe(403)
  })

  it('an account that also works elsewhere is not switched off by one of its sites', async () => {
    const world = await startWorld()
    const { owner } = world.staff
    const added = await owner.call('POST', '/api/sites/alpha/operators', { body: { email: 'AGENT@beta.example', name: 'Ignored', role: 'agent' } })
    expect(added).toMatchObject({ status: 201, body: { email: 'agent@beta.example', name: 'agent of beta', role: 'agent' } })
    const path = `/api/sites/alpha/operators/${(added.body as { id: string }).id}`
    expect((await owner.call('PATCH', path, { body: { disabled: true } })).status).toBe(403)
    expect((await owner.call('DELETE', path)).status).toBe(204)
  })

  it('a new account needs a first password', async () => {
    const world = await startWorld()
    const answer = await world.staff.owner.call('POST', '/api/sites/alpha/operators', {
      body: { email: 'new@alpha.example', name: 'New', role: 'agent' }
    })
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid', fields: [{ field: 'password' }] } } })
  })
})

import { describe, expect, it } from 'vitest'
import { codeOf } from './browser.js'
import { apiRoutesOf, fill, samples } from './sample-calls.js'
import { startWorld, stateOf, type World } from './world.js'

async function expectRefused(world: World, headers: Record<string, string | null>): Promise<void> {
  for (const { name, method, path } of apiRoutesOf(world).filter((route) => route.method !== 'GET')) {
    const sample = await samples[name]?.(world, world.own)
    const before = await stateOf(world)
    const answer = await world.staff.owner.call(method, fill(path, sample?.params), { body: sample?.body, headers })
    expect([answer.status, codeOf(answer)], `${name}: ${answer.text}`).toEqual([403, 'forbidden'])
    expect(await stateOf(world), name).toBe(before)
  }
}

describe('a change with the cookie of an operator is refused', () => {
  it.each([
    ['without our header', { 'x-porchlight': null }],
    ['with another value in our header', { 'x-porchlight': 'true' }],
    ['as text/plain', { 'content-type': 'text/plain' }],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['as a file form', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['as JSON in name only', { 'content-type': 'text/plain; application/json' }],
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['from a sibling site', { 'sec-fetch-site': 'same-site' }],
    ['from nowhere', { 'sec-fetch-site': null, origin: null }],
    ['from an opaque origin', { 'sec-fetch-site': null, origin: 'null' }],
    ['from another port of this machine', { 'sec-fetch-site': null, origin: 'http://127.0.0.1:1' }],
    ['from another site that browsers do not name', { 'sec-fetch-site': null, origin: 'https://evil.example' }]
  ])('%s', async (_, headers) => expectRefused(await startWorld(), headers as Record<string, string | null>))
})

describe('reading', () => {
  it('changes nothing, wherever it comes from', async () => {
    const world = await startWorld()
    const before = await stateOf(world)
    for (const { name, method, path } of apiRoutesOf(world).filter((route) => route.method === 'GET')) {
      const sample = await samples[name]?.(world, world.own)
      const answer = await world.staff.owner.call(method, fill(path, sample?.params), { headers: { origin: 'https://evil.example' } })
      expect(answer.status, name).toBe(200)
      expect(answer.headers.get('access-control-allow-origin'), name).toBeNull()
    }
    expect(await stateOf(world)).toBe(before)
  })

  it('under the name of a change is refused', async () => {
    const world = await startWorld()
    const answer = await world.staff.owner.call('GET', '/api/session?_method=DELETE', { headers: { 'x-http-method-override': 'DELETE' } })
    expect(answer.status).toBe(200)
    expect((await world.staff.owner.call('GET', '/api/tickets')).status).toBe(405)
  })
})

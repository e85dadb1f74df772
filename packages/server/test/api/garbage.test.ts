import { ErrorBodySchema } from '@porchlight/protocol'
import { is } from 'valibot'
import { describe, expect, it } from 'vitest'
import type { Answer } from './browser.js'
import { apiRoutesOf, fill, samples } from './sample-calls.js'
import { startWorld, stateOf } from './world.js'

const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`

const parts: readonly string[] = [
  'no such thing',
  "' or 1=1 --",
  '%',
  '_',
  '{"$ne":1}',
  '[]',
  'null',
  '0',
  '-1',
  '1e400',
  '..',
  '../alpha',
  '\u0000',
  '\ud83d\ude00',
  'ALPHA',
  'alpha ',
  'x'.repeat(90),
  'x'.repeat(5_000)
]

const values: readonly unknown[] = [[], {}, { $ne: 1 }, { $gt: '' }, ['alpha'], null, 0, -1, 1e308, '', '\u0000', 'x'.repeat(9_000), '\ud800']

const bodies: readonly string[] = [
  '',
  'null',
  '1',
  'true',
  '"text"',
  '[]',
  '[{}]',
  '{',
  '\ufeff{}',
  'undefined',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"a":{"b":{"__proto__":{"polluted":true}}}}',
  deep
]

function expectRefused(answer: Answer, what: string): void {
  expect(answer.status, `${what}: ${answer.text}`).toBeGreaterThanOrEqual(400)
  expect(answer.status, `${what}: ${answer.text}`).toBeLessThan(500)
  expect(is(ErrorBodySchema, answer.body), `${what}: ${answer.text}`).toBe(true)
}

describe('every route of the API', () => {
  it('refuses what is no id, in every part of its path, and changes nothing', async () => {
    const world = await startWorld()
    let count = 0
    for (const { name, method, path } of apiRoutesOf(world).filter((route) => route.path.includes(':'))) {
      const sample = await samples[name]?.(world, world.own)
      const before = await stateOf(world)
      for (const param of Object.keys(sample?.params ?? {})) {
        for (const part of parts) {
          const answer = await world.staff.owner.call(method, fill(path, { ...sample?.params, [param]: part }), { body: sample?.body })
          // An empty or dotted part leads to another address, which has nothing or takes another method.
          expectRefused(answer, `${name} with ${param}=${part.slice(0, 30)}`)
          count++
        }
      }
      expect(await stateOf(world), name).toBe(before)
    }
    expect(count).toBeGreaterThan(300)
  }, 60_000)

  it('refuses what is no value, in every field of its body, and changes nothing', async () => {
    const world = await startWorld()
    let count = 0
    for (const { name, method, path } of apiRoutesOf(world)) {
      const sample = await samples[name]?.(world, world.own)
      const before = await stateOf(world)
      for (const field of Object.keys(sample?.body ?? {})) {
        for (const value of values.filter((each) => !(field === 'origins' && Array.isArray(each) && each.length === 0))) {
          const answer = await world.staff.owner.call(method, fill(path, sample?.params), { body: { ...sample?.body, [field]: value } })
          expectRefused(answer, `${name} with ${field}=${JSON.stringify(value).slice(0, 30)}`)
          count++
        }
      }
      expect(await stateOf(world), name).toBe(before)
    }
    expect(count).toBeGreaterThan(200)
  }, 60_000)

  it('refuses what is no body at all, and changes nothing', async () => {
    const world = await startWorld()
    for (const { name, method, path } of apiRoutesOf(world)) {
      const sample = await samples[name]?.(world, world.own)
      if (!sample?.body) continue
      const before = await stateOf(world)
      for (const body of bodies)
        expectRefused(await world.staff.owner.call(method, fill(path, sample.params), { body }), `${name} with ${body.slice(0, 40)}`)
      expect(await stateOf(world), name).toBe(before)
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  }, 60_000)

  it('refuses a body of more than 64 KiB', async () => {
    const world = await startWorld()
    const answer = await world.staff.owner.call('POST', '/api/sites', { body: { site: 'big', name: 'x'.repeat(70_000), origins: [] } })
    expect(answer).toMatchObject({ status: 413, body: { error: { code: 'too_large' } } })
  })

  it.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'limit=1&limit=2',
    'limit[$ne]=1&limit=-5',
    'before=1.5',
    'before=',
    'beforeId=x',
    'before=1&beforeId=',
    'before=1&beforeId=%00'
  ])('refuses the query %s', async (query) => {
    const world = await startWorld()
    for (const list of ['conversations', 'requests']) {
      expectRefused(await world.staff.owner.call('GET', `/api/sites/alpha/${list}?${query}`), query)
    }
  })
})

import type { Department } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { createManualClock } from '../domain/manual-clock.js'
import { setUpSite } from '../domain/set-up-site.js'
import { type Stage, setStage } from '../domain/stage.js'
import { temporaryPath } from '../domain/world.js'

const closesAt = Date.parse('2026-11-24T17:00Z')
const sales: Department = { id: 'sales', name: 'Sales', operators: ['ann'] }
const care: Department = { id: 'care', name: 'Care', operators: ['bob'] }

const stateOf = ({ world }: Stage, department: string | null): string => {
  const { state, reason } = world.domain.availability.get('shop', department)
  return `${state} ${reason}`
}

async function lightOf({ world }: Stage, query: string): Promise<unknown> {
  return (await fetch(`${world.url}/v1/sites/shop/light${query}`)).json()
}

it('each department answers for itself, the site for everybody, and a department that there is not for the site', async () => {
  const stage = await setStage()
  await setUpSite(stage, { departments: [sales, care] })
  await stage.operator('ann', true)
  await stage.operator('bob', false)
  await stage.operator('cid', false)
  expect(['sales', 'care', null, 'nothing'].map((name) => stateOf(stage, name))).toEqual([
    'online available',
    'away not_available',
    'online available',
    'online available'
  ])
  expect(await lightOf(stage, '?department=care&lang=en')).toMatchObject({ state: 'away', text: expect.any(String) })
  expect(await lightOf(stage, '?department=nothing')).toEqual(await lightOf(stage, ''))
  expect(await lightOf(stage, '?department=sales&department=care')).toEqual(await lightOf(stage, ''))
})

it('each department goes down a second after its own change, and what does not change gets no new revision', async () => {
  const stage = await setStage()
  const { world, clock } = stage
  await setUpSite(stage, { departments: [sales, care] })
  await stage.operator('ann', true)
  await stage.operator('bob', true)
  const { rev } = world.domain.availability.get('shop', 'sales')
  await world.domain.presence.setAvailable('bob', false)
  await clock.advance(500)
  expect(stateOf(stage, 'care')).toBe('online available')
  await world.domain.presence.setAvailable('ann', false)
  await clock.advance(500)
  expect([stateOf(stage, 'care'), stateOf(stage, 'sales'), stateOf(stage, null)]).toEqual([
    'away not_available',
    'online available',
    'online available'
  ])
  expect(world.domain.availability.get('shop', 'sales').rev).toBe(rev)
  await clock.advance(500)
  expect([stateOf(stage, 'sales'), stateOf(stage, null)]).toEqual(['away not_available', 'away not_available'])
})

it('a department has the hours of its site, hours of its own, or is always open; each turn comes at its very second', async () => {
  const stage = await setStage({ clock: createManualClock(closesAt - 60_000) })
  const { world, clock } = stage
  const until = (to: string) => ({ zone: 'Europe/Warsaw', week: { tue: [{ from: '09:00', to }] } })
  const departments = [sales, { ...sales, id: 'late', hours: until('18:02') }, { ...sales, id: 'night', hours: null }]
  await setUpSite(stage, { hours: until('18:00'), departments })
  await stage.operator('ann', true)
  const states = (): string[] => [null, 'sales', 'late', 'night'].map((name) => stateOf(stage, name).replace(/ .*/, ''))
  expect(states()).toEqual(['online', 'online', 'online', 'online'])
  expect(world.domain.availability.get('shop', 'late')).toMatchObject({ closesAt: closesAt + 120_000 })
  await clock.advance(61_000)
  expect(states()).toEqual(['offline', 'offline', 'online', 'online'])
  await clock.advance(120_000)
  expect(states()).toEqual(['offline', 'offline', 'offline', 'online'])
})

it('what an owner sets is published at once under a new revision, up or down, also where it changes nothing; another name is no change', async () => {
  const stage = await setStage()
  const { world, clock } = stage
  await setUpSite(stage, { departments: [sales, care] })
  await stage.operator('ann', true)
  const revisions = (): number[] => [null, 'sales', 'care'].map((name) => world.domain.availability.get('shop', name).rev)
  const before = revisions()
  await setUpSite(stage, {
    departments: [
      { ...sales, operators: [] },
      { ...care, operators: ['ann'] }
    ]
  })
  expect([stateOf(stage, 'sales'), stateOf(stage, 'care')]).toEqual(['offline no_agents', 'online available'])
  const after = revisions()
  expect(after.every((rev, index) => rev > (before[index] as number))).toBe(true)
  const site = world.domain.sites.get('shop')
  if (!site) throw new Error('no such site')
  await world.domain.sites.save({ ...site, name: 'Another name' }, clock.now())
  await clock.advance(0)
  expect(revisions()).toEqual(after)
})

it('after a restart each department goes on from its own revision; one that was taken away is the site, and comes back above what it was', async () => {
  const path = temporaryPath()
  const clock = createManualClock()
  const before = await setStage({ path, clock })
  await setUpSite(before, { departments: [sales, care] })
  await before.operator('ann', true)
  const told = before.world.domain.availability.get('shop', 'sales')
  expect(told.rev).toBeGreaterThan(before.world.domain.availability.get('shop', 'care').rev)
  await before.world.close()

  const after = await setStage({ path, clock })
  expect(after.world.domain.availability.get('shop', 'sales')).toEqual(told)
  await setUpSite(after, { departments: [care] })
  expect(after.world.domain.availability.get('shop', 'sales')).toBe(after.world.domain.availability.get('shop'))
  await setUpSite(after, { departments: [care, sales] })
  expect(after.world.domain.availability.get('shop', 'sales').rev).toBeGreaterThan(told.rev)
})

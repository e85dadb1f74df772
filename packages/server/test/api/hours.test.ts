import type { HoursPreview, SiteHours } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { startApiServer } from './api-server.js'
import { hire, makeSite, ownerAt } from './browser.js'

const allDay = [{ from: '00:00', to: '24:00' }]
const always: SiteHours = {
  zone: 'Europe/Warsaw',
  week: { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay }
}
const never: SiteHours = { zone: 'Europe/Warsaw', week: {} }

it('an owner sets the hours of a site; the light follows at once, and other settings stay', async () => {
  const server = await startApiServer()
  const owner = await ownerAt(server)
  await makeSite(owner, 'shop')
  const light = async (): Promise<unknown> => (await fetch(`${server.url}/v1/sites/shop/light?lang=en`)).json()
  const change = async (body: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const { status, body: answer } = await owner.call('PATCH', '/api/sites/shop', { body })
    expect(status).toBe(200)
    return answer
  }
  expect((await owner.call('GET', '/api/sites/shop')).body).toMatchObject({ hours: null })
  expect(await light()).toMatchObject({ state: 'offline', reason: 'no_agents' })
  expect(await change({ hours: never })).toMatchObject({ site: 'shop', hours: never })
  expect(await light()).toMatchObject({ state: 'offline', reason: 'hours', text: 'We are closed now' })
  expect(await change({ name: 'My shop' })).toMatchObject({ name: 'My shop', hours: never })
  expect(await change({ hours: always })).toMatchObject({ name: 'My shop', hours: always })
  expect((await owner.call('GET', '/api/sites/shop')).body).toMatchObject({ hours: always })
  expect(await change({ hours: null })).toMatchObject({ hours: null })
  expect(await light()).toMatchObject({ reason: 'no_agents' })
})

it('hours that cannot be are refused with the field and the reason, and those before stay', async () => {
  const server = await startApiServer()
  const owner = await ownerAt(server)
  await makeSite(owner, 'shop')
  await owner.call('PATCH', '/api/sites/shop', { body: { hours: always } })
  const hours = { zone: 'Mars/Olympus', week: { tue: [{ from: '09:00', to: '25:00' }], wed: [{ from: '9', to: '10:00' }] } }
  const { status, body } = await owner.call('PATCH', '/api/sites/shop', { body: { hours } })
  expect(status).toBe(400)
  expect(body).toMatchObject({
    error: {
      code: 'invalid',
      fields: [
        { field: 'hours.zone', problem: 'is not a time zone like Europe/Warsaw' },
        { field: 'hours.week.tue.0.to', problem: 'is not a time like 18:00 or 24:00' },
        { field: 'hours.week.wed.0.from', problem: 'is not a time like 09:00' }
      ]
    }
  })
  expect((await owner.call('GET', '/api/sites/shop')).body).toMatchObject({ hours: always })
})

it('only who may change a site sets its hours', async () => {
  const server = await startApiServer()
  const owner = await ownerAt(server)
  await makeSite(owner, 'shop')
  const agent = await hire(server, owner, { site: 'shop', role: 'agent' })
  expect((await agent.call('PATCH', '/api/sites/shop', { body: { hours: never } })).status).toBe(403)
})

it('a preview tells what hours would do, keeps nothing, and refuses at the places where a change would', async () => {
  const server = await startApiServer()
  const owner = await ownerAt(server)
  await makeSite(owner, 'shop')
  const preview = (hours: unknown) => owner.call('POST', '/api/sites/shop/hours/preview', { body: { hours } })
  const { status, body } = await preview({ ...never, week: { mon: [{ from: '09:00', to: '18:00' }] } })
  expect(status).toBe(200)
  const { zone, days } = body as HoursPreview
  expect([zone, days.length, days.filter(({ open }) => open.length > 0).map(({ date }) => new Date(date).getUTCDay())]).toEqual([
    'Europe/Warsaw',
    14,
    [1, 1]
  ])
  expect((await owner.call('GET', '/api/sites/shop')).body).toMatchObject({ hours: null })
  const refused = await preview({ zone: 'Mars/Olympus', week: { tue: [{ from: '09:00', to: '' }] } })
  expect(refused).toMatchObject({ status: 400, body: { error: { fields: [{ field: 'hours.zone' }, { field: 'hours.week.tue.0.to' }] } } })
})

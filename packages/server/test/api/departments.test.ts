import { expect, it } from 'vitest'
import { startApiServer } from './api-server.js'
import { type Browser, hire, makeSite, ownerAt } from './browser.js'
import { idOf } from './world.js'

const idIn = async (browser: Browser): Promise<string> => idOf((await browser.call('GET', '/api/session')).body)

it('a new site has no departments, and its operators take five chats at once; an owner changes both, and other settings stay', async () => {
  const server = await startApiServer()
  const owner = await ownerAt(server)
  await makeSite(owner, 'shop')
  const ann = await hire(server, owner, { site: 'shop', role: 'agent' })
  const settings = async (): Promise<unknown> => (await owner.call('GET', '/api/sites/shop')).body
  expect(await settings()).toMatchObject({ capacity: 5, departments: [], hours: null })
  const departments = [
    { id: 'sales', name: 'Sales', operators: [await idIn(ann)] },
    { id: 'care', name: 'Customer care', operators: [], hours: null }
  ]
  expect(await owner.call('PATCH', '/api/sites/shop', { body: { departments, capacity: 2 } })).toMatchObject({
    status: 200,
    body: { departments, capacity: 2 }
  })
  await owner.call('PATCH', '/api/sites/shop', { body: { hours: { zone: 'Etc/UTC', week: {} } } })
  expect(await settings()).toMatchObject({ departments, capacity: 2, hours: { zone: 'Etc/UTC', week: {} } })
  expect((await ann.call('PATCH', '/api/sites/shop', { body: { capacity: 7 } })).status).toBe(403)
})

it('a department takes operators of its site only: whoever is none is refused at his place, and nothing is changed', async () => {
  const server = await startApiServer()
  const owner = await ownerAt(server)
  await makeSite(owner, 'shop')
  await makeSite(owner, 'blog')
  const stranger = await idIn(await hire(server, owner, { site: 'blog', role: 'agent' }))
  const departments = [
    { id: 'sales', name: 'Sales', operators: [await idIn(owner)] },
    { id: 'care', name: 'Care', operators: [await idIn(owner), stranger, 'op_nobody'] }
  ]
  const { status, body } = await owner.call('PATCH', '/api/sites/shop', { body: { departments, capacity: 1 } })
  expect(status).toBe(400)
  expect(body).toMatchObject({
    error: {
      code: 'invalid',
      fields: [
        { field: 'departments.1.operators.1', problem: 'is no operator of this site' },
        { field: 'departments.1.operators.2', problem: 'is no operator of this site' }
      ]
    }
  })
  expect((await owner.call('GET', '/api/sites/shop')).body).toMatchObject({ capacity: 5, departments: [] })
})

it('whoever leaves a site leaves its departments, so that what is read can be sent back', async () => {
  const server = await startApiServer()
  const owner = await ownerAt(server)
  await makeSite(owner, 'shop')
  const ann = await idIn(await hire(server, owner, { site: 'shop', role: 'agent' }))
  const olive = await idIn(owner)
  const sales = { id: 'sales', name: 'Sales', operators: [ann, olive], hours: null }
  await owner.call('PATCH', '/api/sites/shop', { body: { departments: [sales] } })
  expect((await owner.call('DELETE', `/api/sites/shop/operators/${ann}`)).status).toBe(204)
  const left = [{ ...sales, operators: [olive] }]
  expect((await owner.call('GET', '/api/sites/shop')).body).toMatchObject({ departments: left })
  expect((await owner.call('PATCH', '/api/sites/shop', { body: { departments: left } })).status).toBe(200)
})

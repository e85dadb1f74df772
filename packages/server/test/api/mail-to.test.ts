import { expect, it } from 'vitest'
import { startApiServer } from './api-server.js'
import { hire, makeSite, ownerAt } from './browser.js'

it('an owner names one address that hears of requests, changes it and takes it away; other settings stay', async () => {
  const server = await startApiServer()
  const owner = await ownerAt(server)
  await makeSite(owner, 'shop')
  const hours = { zone: 'Europe/Warsaw', week: {} }
  const change = async (body: Readonly<Record<string, unknown>>): Promise<unknown> => (await owner.call('PATCH', '/api/sites/shop', { body })).body
  expect((await owner.call('GET', '/api/sites/shop')).body).toMatchObject({ mailTo: null })
  expect(await change({ mailTo: 'desk@shop.example', hours })).toMatchObject({ mailTo: 'desk@shop.example', hours })
  expect(await change({ name: 'My shop' })).toMatchObject({ name: 'My shop', mailTo: 'desk@shop.example', hours })
  expect(await change({ hours: null })).toMatchObject({ mailTo: 'desk@shop.example', hours: null })
  expect(await change({ mailTo: 'help@shop.example' })).toMatchObject({ mailTo: 'help@shop.example' })
  expect((await owner.call('GET', '/api/sites/shop')).body).toMatchObject({ mailTo: 'help@shop.example', name: 'My shop' })
  expect(await change({ mailTo: null })).toMatchObject({ mailTo: null, name: 'My shop' })
})

it('what is no single address is refused at the field, and the address before stays', async () => {
  const server = await startApiServer()
  const owner = await ownerAt(server)
  await makeSite(owner, 'shop')
  await owner.call('PATCH', '/api/sites/shop', { body: { mailTo: 'desk@shop.example' } })
  for (const mailTo of ['', 'desk', 'a@shop.example, b@shop.example', 'Desk <desk@shop.example>', 'a@shop.example\r\nBcc: eve@evil.example', 7]) {
    const { status, body } = await owner.call('PATCH', '/api/sites/shop', { body: { mailTo } })
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: { code: 'invalid', fields: expect.arrayContaining([expect.objectContaining({ field: 'mailTo' })]) } })
  }
  expect((await owner.call('GET', '/api/sites/shop')).body).toMatchObject({ mailTo: 'desk@shop.example' })
})

it('only who may change a site says who hears of its requests', async () => {
  const server = await startApiServer()
  const owner = await ownerAt(server)
  await makeSite(owner, 'shop')
  const agent = await hire(server, owner, { site: 'shop', role: 'agent' })
  expect((await agent.call('PATCH', '/api/sites/shop', { body: { mailTo: 'desk@shop.example' } })).status).toBe(403)
})

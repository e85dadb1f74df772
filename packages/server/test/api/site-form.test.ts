import { expect, it } from 'vitest'
import { startApiServer } from './api-server.js'
import { makeSite, ownerAt } from './browser.js'

const requestForm = { fields: [{ id: 'order', kind: 'text', label: { en: 'Order number' }, isRequired: true }] }
const words = { outsideHours: { en: 'In a hurry? Call 22 123 45 67.', pl: 'Pilne? 22 123 45 67.' } }

it('an owner sets what the form asks for and what the site says by itself; each goes when it is set to null', async () => {
  const server = await startApiServer()
  const owner = await ownerAt(server)
  await makeSite(owner, 'shop')
  const change = async (body: Readonly<Record<string, unknown>>): Promise<unknown> => (await owner.call('PATCH', '/api/sites/shop', { body })).body
  expect((await owner.call('GET', '/api/sites/shop')).body).toMatchObject({ requestForm: null, words: null })
  expect(await change({ requestForm })).toMatchObject({ requestForm, words: null, hours: null })
  expect(await change({ words })).toMatchObject({ requestForm, words })
  expect(await change({ requestForm: null })).toMatchObject({ requestForm: null, words })
  expect((await owner.call('GET', '/api/sites/shop')).body).toMatchObject({ requestForm: null, words })
})

it('a form and words that cannot work are refused with the place and the reason, and those before stay', async () => {
  const server = await startApiServer()
  const owner = await ownerAt(server)
  await makeSite(owner, 'shop')
  await owner.call('PATCH', '/api/sites/shop', { body: { requestForm, words } })
  const wrong = {
    requestForm: { fields: [{ id: 'topic', kind: 'select', label: { en: 'Topic' }, options: [] }] },
    words: { longWait: {}, accepted: { en: 'x'.repeat(1_001) } }
  }
  const { status, body } = await owner.call('PATCH', '/api/sites/shop', { body: wrong })
  expect(status).toBe(400)
  expect(body).toMatchObject({
    error: {
      fields: [
        { field: 'requestForm.fields.0.options', problem: 'offers nothing to choose from' },
        { field: 'words.longWait', problem: 'says nothing in any language' },
        { field: 'words.accepted.en' }
      ]
    }
  })
  expect((await owner.call('GET', '/api/sites/shop')).body).toMatchObject({ requestForm, words })
})

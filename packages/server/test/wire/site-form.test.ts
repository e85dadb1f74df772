import type { RequestForm } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import type { Recipients } from '../../src/site-info/site-info.js'
import type { SiteSettings } from '../../src/store/site-registry.js'
import { fields, leave } from '../domain/leave-request.js'
import { newMessageId } from '../domain/new-ids.js'
import { connect, follow } from '../domain/wire-client.js'
import { shopOrigin, startWorld, type World, type WorldOptions } from '../domain/world.js'

const form: RequestForm = {
  fields: [
    { id: 'order', kind: 'text', label: { en: 'Order number', pl: 'Numer zamówienia' }, isRequired: true },
    {
      id: 'topic',
      kind: 'select',
      label: { en: 'Topic' },
      options: [
        { id: 'parcel', label: { en: 'A parcel' } },
        { id: 'else', label: { en: 'Else' } }
      ]
    }
  ],
  consent: { label: { en: 'I agree', pl: 'Zgadzam się' } }
}
const custom = { order: '4711', topic: 'parcel' }

async function settle(world: World, settings: SiteSettings): Promise<void> {
  await world.domain.sites.save({ id: 'shop', name: 'shop', origins: [shopOrigin], capacity: 5, settings }, 1)
}

async function worldWith(settings: SiteSettings, options?: WorldOptions): Promise<World> {
  const world = await startWorld(options)
  await settle(world, settings)
  return world
}

/** Recipients that come and go as a test says. */
function someRecipients(first: boolean): Recipients & { readonly set: (next: boolean) => void } {
  let isReceived = first
  const listeners: (() => void)[] = []
  return {
    has: async () => isReceived,
    onChange: (listener) => {
      listeners.push(listener)
      return () => undefined
    },
    set: (next) => {
      isReceived = next
      for (const listener of listeners) listener()
    }
  }
}

it('a page is told what the form asks for, and again when it changes; an operator is not', async () => {
  const world = await worldWith({ requestForm: form })
  const customer = await connect(world)
  const operator = await connect(world, { ticket: await world.ticketFor('ann') })
  expect(customer.welcome.site).toEqual({ form })
  expect(operator.welcome.site).toBeUndefined()
  const words = { outsideHours: { en: 'Call 112 instead.' } }
  await settle(world, { words })
  expect(await customer.next('site')).toEqual({ t: 'site', words })
  // A change of another kind is not told: the next word is of the change after it.
  await settle(world, { words, hours: { zone: 'Europe/Warsaw', week: {} } })
  await settle(world, {})
  expect(await customer.next('site')).toEqual({ t: 'site' })
})

it('answers stand with the request as they were asked, in the customer’s language, and in his log', async () => {
  const world = await worldWith({ requestForm: form })
  const customer = await connect(world)
  const { status, receipt } = await leave(world, {
    token: customer.welcome.token,
    body: { fields: { ...fields, custom, consent: true }, locale: 'pl-PL' }
  })
  expect(status).toBe(201)
  const kept = {
    ...fields,
    answers: [
      { id: 'order', label: 'Numer zamówienia', value: '4711' },
      { id: 'topic', label: 'Topic', value: 'A parcel' }
    ],
    consent: 'Zgadzam się'
  }
  expect((await world.domain.chat.inbox('shop')).requests).toMatchObject([{ fields: kept }])
  const page = await follow(customer, receipt.c)
  expect(page.events.find(({ k }) => k === 'request')?.data).toMatchObject({ fields: kept })
})

it.each([
  [{}, ['fields.custom.order', 'fields.consent']],
  [{ custom: { topic: 'nothing' }, consent: true }, ['fields.custom.order', 'fields.custom.topic']],
  [{ custom, consent: false }, ['fields.consent']],
  [{ custom: { ...custom, 'No Name': 'x' }, consent: true }, ['fields.custom.No Name']],
  [{ custom: { ...custom, order: 'x\ny' }, consent: true }, ['fields.custom.order']]
])('a form with %j is refused at its fields, and nothing is kept of it', async (answers, places) => {
  const world = await worldWith({ requestForm: form })
  const { status, text } = await leave(world, { body: { fields: { ...fields, ...answers } } })
  expect(status).toBe(400)
  expect((JSON.parse(text) as { error: { fields: { field: string }[] } }).error.fields.map(({ field }) => field)).toEqual(places)
  expect((await world.domain.chat.inbox('shop')).requests).toEqual([])
  expect(await world.db.query.selectFrom('visitor').selectAll().execute()).toEqual([])
})

it('what was taken once is not refused when the form asks for more, or nobody would receive it any more', async () => {
  const recipients = someRecipients(true)
  const world = await worldWith({}, { recipients })
  const customer = await connect(world)
  const [key, body] = [newMessageId(), { fields }]
  const first = await leave(world, { key, body })
  recipients.set(false)
  await settle(world, { requestForm: form })
  await customer.next('site', ({ requests }) => requests === 'none')
  const again = await leave(world, { key, body })
  expect([again.status, again.receipt.reference]).toEqual([200, first.receipt.reference])
})

it('where nobody would receive a request the page is told before anybody types, none is taken, and it ends when somebody is there', async () => {
  const recipients = someRecipients(false)
  const world = await startWorld({ recipients })
  const customer = await connect(world)
  expect(customer.welcome.site).toEqual({ requests: 'none' })
  const refused = await leave(world)
  expect([refused.status, JSON.parse(refused.text)]).toMatchObject([501, { error: { code: 'unsupported' } }])
  recipients.set(true)
  expect(await customer.next('site')).toEqual({ t: 'site' })
  expect((await leave(world)).status).toBe(201)
})

it('nobody agreed to words that he did not read: a request that comes after they changed is refused for that', async () => {
  const world = await worldWith({ requestForm: { fields: [], consent: { label: { en: 'I agree to an answer' } } } })
  const key = newMessageId()
  await settle(world, { requestForm: { fields: [], consent: { label: { en: 'I agree to be called by our partners' } } } })
  const agreed = { ...fields, consent: 'I agree to an answer' }
  const late = await leave(world, { key, body: { fields: agreed } })
  expect(late.status).toBe(400)
  expect(JSON.parse(late.text)).toMatchObject({ error: { fields: [{ field: 'fields.consent' }] } })
  const anew = { ...agreed, consent: 'I agree to be called by our partners' }
  expect((await leave(world, { key, body: { fields: anew } })).status).toBe(201)
  expect((await world.domain.chat.inbox('shop')).requests.map((row) => row.fields.consent)).toEqual([anew.consent])
})

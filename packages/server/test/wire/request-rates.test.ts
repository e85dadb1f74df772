import { expect, it } from 'vitest'
import { fields, leave } from '../domain/leave-request.js'
import { newMessageId } from '../domain/new-ids.js'
import { connect, openConversation, say } from '../domain/wire-client.js'
import { noLimits, shopOrigin, startWorld, type World } from '../domain/world.js'

const startStrictWorld = (): Promise<World> => startWorld({ limits: { ...noLimits, requestsPerSite: { count: 2, perMs: 3_600_000 } } })

async function spamMarks({ domain }: World): Promise<boolean[]> {
  return (await domain.chat.inbox('shop')).requests.map(({ spam }) => spam)
}

it('many texts outside hours are one request, and no reason to doubt the next one', async () => {
  const world = await startStrictWorld()
  const customer = await connect(world)
  const c = await openConversation(customer)
  for (let n = 1; n <= 5; n++) await say(customer, { c, n, text: `Text ${n}` })
  await leave(world)
  expect(await spamMarks(world)).toEqual([false, false])
})

it('a request that is sent again under its key, or refused for what it lacks, is no reason to doubt the next one', async () => {
  const world = await startStrictWorld()
  const again = { key: newMessageId() }
  for (let time = 0; time < 5; time++) await leave(world, again)
  const requestForm = { fields: [{ id: 'order', kind: 'text', label: { en: 'Order' }, isRequired: true }] } as const
  await world.domain.sites.save({ id: 'shop', name: 'shop', origins: [shopOrigin], capacity: 5, settings: { requestForm } }, 1)
  for (let time = 0; time < 5; time++) expect((await leave(world)).status).toBe(400)
  await leave(world, { body: { fields: { ...fields, custom: { order: '1' } } } })
  expect(await spamMarks(world)).toEqual([false, false])
})

it('more requests than the rate are marked, and kept', async () => {
  const world = await startStrictWorld()
  for (let time = 0; time < 3; time++) await leave(world)
  expect((await spamMarks(world)).filter(Boolean)).toHaveLength(1)
})

import { closeCodes, limits, type Subscription } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { defaultRates } from '../../src/limits/default-rates.js'
import type { RateOverrides } from '../../src/limits/limits.types.js'
import { newId } from '../../src/store/new-ids.js'
import { connect, openConversation, openSocket, say, textsOf } from '../domain/wire-client.js'
import { noLimits, ownOrigin, startWorld, temporaryPath, type World } from '../domain/world.js'

const minuteMs = 60_000
const office = '203.0.113.66'

interface Hello {
  readonly token?: string | undefined
  readonly address?: string
  readonly subs?: readonly Subscription[]
}

/** Says a hello that is refused, and tells the wait. */
async function refusal(world: World, { token, address, subs }: Hello): Promise<number> {
  const client = await openSocket(world, { address })
  client.send({ t: 'hello', v: [1, 1], device: client.device, ...(token ? { token } : {}), ...(subs ? { subs } : {}) })
  const error = await client.next('err')
  expect(error).toMatchObject({ code: 'rate_limited', retry: 'later', after: expect.any(Number) })
  expect(await client.closed).toBe(closeCodes.rate.code)
  return error.after as number
}

function startNarrow(rates: RateOverrides): Promise<World> {
  return startWorld({ trustProxy: 1, limits: { ...noLimits, ...rates } })
}

it('a greeting is a page: the hellos and the fetches of a visitor share one rate, whatever devices and addresses he names', async () => {
  const world = await startNarrow({ pagesPerVisitor: { count: 4, perMs: minuteMs } })
  const first = await connect(world, { address: '203.0.113.1' })
  const { token } = first.welcome
  for (const address of ['203.0.113.2', '203.0.113.3', '203.0.113.4']) await connect(world, { token, address })
  await openConversation(first)
  expect(await refusal(world, { token, address: '203.0.113.5' })).toBeLessThanOrEqual(minuteMs)
  first.send({ t: 'fetch', rid: 'late', c: newId('c_'), from: 1 })
  expect(await first.next('err')).toMatchObject({ ref: 'late', code: 'rate_limited' })
})

it('nobody else waits for a visitor who says hello too often, and operators have no such rate', async () => {
  const world = await startNarrow({ pagesPerVisitor: { count: 1, perMs: minuteMs } })
  const { token } = (await connect(world)).welcome
  await connect(world, { token })
  await refusal(world, { token })
  const other = (await connect(world)).welcome.token
  await connect(world, { token: other })
  for (let time = 1; time <= 3; time++) await connect(world, { ticket: await world.ticketFor('ann'), origin: ownOrigin })
})

it('a hello that asks for many logs counts for more pages', async () => {
  const world = await startNarrow({ pagesPerVisitor: { count: limits.subscriptionsMax / 8, perMs: minuteMs } })
  const { token } = (await connect(world)).welcome
  const subs = Array.from({ length: limits.subscriptionsMax }, () => ({ c: newId('c_'), epoch: 'e', have: 0 }))
  await connect(world, { token, subs })
  await refusal(world, { token })
})

it('hellos of new visitors count for their address, and whoever is refused was not made', async () => {
  const world = await startNarrow({ pagesPerAddress: { count: 2, perMs: minuteMs } })
  await connect(world, { address: office })
  await connect(world, { address: office })
  await refusal(world, { address: office })
  await connect(world, { address: '203.0.113.7' })
  expect(await world.db.query.selectFrom('visitor').select('id').execute()).toHaveLength(3)
})

it('after a restart everybody behind one address is back at once, with what he follows, under the rates that hold by themselves', async () => {
  const path = temporaryPath()
  const before = await startWorld({ path })
  const colleagues = await Promise.all(Array.from({ length: 40 }, () => before.db.write('visitor.create', 'shop')))
  const first = await connect(before)
  const c = await openConversation(first)
  const { epoch, seq } = await say(first, { c, n: 1, text: 'Hello' })
  await before.close()

  const world = await startWorld({ path, trustProxy: 1, limits: {} })
  const back = await Promise.all(colleagues.map(({ token }) => connect(world, { token, address: office })))
  expect(back.map(({ welcome }) => welcome.you.id)).toEqual(colleagues.map(({ id }) => id))
  const again = await connect(world, { token: first.welcome.token, address: office, subs: [{ c, epoch, have: seq }] })
  expect(again.welcome.subs.map((log) => log.c)).toEqual([c])
  await say(again, { c, n: 1, text: 'Back' })
  expect(await textsOf(again, c)).toEqual(['Hello', 'Back'])
})

it('a crowd beyond the rate is told to come back within ten seconds', async () => {
  const few = (rate: 'connectionsPerAddress' | 'pagesPerAddress'): RateOverrides => ({ [rate]: { ...defaultRates[rate], count: 1 } })
  for (const limits of [few('connectionsPerAddress'), few('pagesPerAddress')]) {
    const world = await startWorld({ trustProxy: 1, limits })
    const { token } = (await connect(world, { address: office })).welcome
    expect(await refusal(world, { token, address: office })).toBeLessThanOrEqual(10_000)
  }
})

import { type ClientFrame, clientFrameSchemas } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { newMessageId } from '../domain/new-ids.js'
import { sampleFrames } from '../domain/sample-frames.js'
import { connect, follow, isAllAnswered, openConversation, openSocket, say, type WireClient } from '../domain/wire-client.js'
import { startWorld, type World } from '../domain/world.js'

const types = Object.keys(clientFrameSchemas) as ClientFrame['t'][]
const secret = 'my card number is 4711'

interface Victim {
  readonly client: WireClient
  readonly c: string
}

async function victimOf(world: World, site: string): Promise<Victim> {
  const client = await connect(world, { site })
  const c = await openConversation(client)
  await say(client, { c, n: 1, text: secret })
  return { client, c }
}

/** Everything that a frame could change in conversations. */
async function recordOf({ db }: World): Promise<string> {
  const tables = ['log', 'conversation', 'event', 'cursor', 'device_cursor', 'verdict', 'request'] as const
  return JSON.stringify(await Promise.all(tables.map((table) => db.query.selectFrom(table).selectAll().execute())))
}

/** Sends a frame, where it is no hello after one, and waits until all that it caused has been said. */
async function attack(world: World, frame: ClientFrame): Promise<WireClient> {
  const attacker = await openSocket(world)
  if (frame.t !== 'hello') {
    attacker.send({ t: 'hello', v: [1, 1], device: attacker.device })
    await attacker.next('welcome')
  }
  attacker.send(frame)
  await isAllAnswered(world, attacker)
  return attacker
}

it('every frame has a sample, and every sample passes its schema', async () => {
  expect(Object.keys(sampleFrames).sort()).toEqual([...types].sort())
})

it.each(types)('%s with an id of somebody else tells nothing and changes nothing', async (t) => {
  const world = await startWorld()
  const neighbour = await victimOf(world, 'shop')
  const stranger = await victimOf(world, 'other')
  const before = await recordOf(world)
  for (const c of [neighbour.c, stranger.c, 'inbox:shop', 'inbox:other', `c_${'A'.repeat(22)}`]) {
    const frame = sampleFrames[t](c)
    if (t === 'open') continue
    const attacker = await attack(world, frame)
    const text = JSON.stringify(attacker.frames)
    expect(text).not.toContain(secret)
    expect(attacker.frames.filter(({ t: kind }) => ['ev', 'page', 'ack', 'rcpt', 'typing'].includes(kind))).toEqual([])
    if ('c' in frame) expect(text).toMatch(/"code":"(conversation_gone|not_found|forbidden)"/)
    expect(attacker.frames.find((said) => said.t === 'welcome')?.subs).toEqual([])
    attacker.socket.terminate()
  }
  expect(await recordOf(world)).toBe(before)
  for (const { client } of [neighbour, stranger]) expect(client.frames.some(({ t: kind }) => kind === 'typing' || kind === 'rcpt')).toBe(false)
})

const oddValues = [
  ['an array', [1]],
  ['an object', { $ne: 1 }],
  ['null', null],
  ['a number', -1.5]
] as const

it.each(types.flatMap((t) => oddValues.map(([name, value]) => [t, name, value] as const)))(
  '%s with %s for a plain field ends the connection and changes nothing',
  async (t, _, value) => {
    const world = await startWorld()
    const { c } = await victimOf(world, 'shop')
    const before = await recordOf(world)
    const fields = Object.entries(sampleFrames[t](c)).filter(([key, sample]) => key !== 't' && typeof sample !== 'object')
    for (const [field] of fields) {
      const frame = { ...sampleFrames[t](c), [field]: value } as unknown as ClientFrame
      const attacker = await attack(world, frame)
      expect([field, await Promise.race([attacker.closed, Promise.resolve('open')])]).not.toEqual([field, 'open'])
    }
    expect(await recordOf(world)).toBe(before)
  }
)

it('an operator reaches the conversations of his own site only', async () => {
  const world = await startWorld()
  const own = await victimOf(world, 'shop')
  const foreign = await victimOf(world, 'other')
  const operator = await connect(world, { ticket: await world.ticketFor('ann') })
  expect((await follow(operator, own.c)).events.length).toBeGreaterThan(0)
  for (const c of [foreign.c, 'inbox:other']) {
    operator.send({ t: 'fetch', rid: `fetch ${c}`, c, from: 1, sub: true })
    expect(await operator.next('err', ({ ref }) => ref === `fetch ${c}`)).toMatchObject({ code: 'conversation_gone' })
    operator.send({ t: 'pub', c, id: newMessageId(), n: 1, k: 'text', body: { text: 'intruder' } })
    expect(await operator.next('nack')).toMatchObject({ code: 'conversation_gone' })
  }
  await say(foreign.client, { c: foreign.c, n: 2, text: 'between us' })
  expect(JSON.stringify(operator.frames)).not.toContain('between us')
})

it('two customers who talk at once hear only their own operator’s answers', async () => {
  const world = await startWorld()
  const operator = await connect(world, { ticket: await world.ticketFor('ann') })
  const customers = await Promise.all([1, 2].map(() => victimOf(world, 'shop')))
  for (const [index, { c }] of customers.entries()) {
    await follow(operator, c)
    await say(operator, { c, n: 1, text: `answer for ${index + 1}` })
  }
  for (const [index, { client, c }] of customers.entries()) {
    await client.next('ev', ({ data }) => data?.['text'] === `answer for ${index + 1}`)
    expect(client.frames.filter((frame) => 'c' in frame && frame.c !== c)).toEqual([])
    expect(JSON.stringify(client.frames)).not.toContain(`answer for ${2 - index}`)
  }
})

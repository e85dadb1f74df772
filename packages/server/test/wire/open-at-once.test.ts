import type { ServerFrame, WelcomeFrame } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import { leave } from '../domain/leave-request.js'
import { newDevice, newMessageId } from '../domain/new-ids.js'
import { connect, say, textsOf, type Welcomed } from '../domain/wire-client.js'
import { shopOrigin, startBusyWorld, type World } from '../domain/world.js'

/** Says hello as a visitor over HTTP; answers what posts frames to that session. */
async function startPolling(world: World, token: string | undefined): Promise<(...frames: object[]) => Promise<ServerFrame[]>> {
  let session: string | undefined
  const post = async (...frames: object[]) => {
    const headers = { origin: shopOrigin, 'content-type': 'application/json', ...(session && { authorization: `Bearer ${session}` }) }
    const response = await fetch(`${world.url}/v1/frames?site=shop`, { method: 'POST', headers, body: JSON.stringify(frames) })
    return (await response.json()) as ServerFrame[]
  }
  const [welcome] = await post({ t: 'hello', v: [1, 1], device: newDevice(), token })
  session = (welcome as WelcomeFrame).session
  return post
}

async function open(client: Welcomed, id: string): Promise<string> {
  client.send({ t: 'open', id })
  return (await client.next('ack', (ack) => ack.id === id)).c
}

const conversations = (world: World) => world.db.query.selectFrom('conversation').selectAll().execute()

it('two sockets and an HTTP session of one visitor that begin under one id at once begin one conversation, in which the texts of all stand', async () => {
  const world = await startBusyWorld()
  const first = await connect(world)
  const token = first.welcome.token
  const [second, post] = await Promise.all([connect(world, { token }), startPolling(world, token)])
  const id = newMessageId()
  const [c, other, answers] = await Promise.all([open(first, id), open(second, id), post({ t: 'open', id })])
  expect(other).toBe(c)
  expect(answers.find(({ t }) => t === 'ack')).toMatchObject({ id, c })
  expect(await conversations(world)).toHaveLength(1)

  const pub = { t: 'pub', c, id: newMessageId(), n: 1, k: 'text', body: { text: 'over HTTP' } }
  await Promise.all([say(first, { c, n: 1, text: 'from the first' }), say(second, { c, n: 1, text: 'from the second' }), post(pub)])
  expect((await textsOf(first, c)).toSorted()).toEqual(['from the first', 'from the second', 'over HTTP'])
})

it('a chat that begins in one tab while a request is left in another stands in the conversation of the request, whichever comes first', async () => {
  const world = await startBusyWorld()
  for (const isRequestFirst of [true, false]) {
    const before = (await conversations(world)).length
    const customer = await connect(world)
    const { token } = customer.welcome
    const id = newMessageId()
    const early = isRequestFirst ? undefined : await open(customer, id)
    const { receipt } = await leave(world, { token })
    expect(early ?? (await open(customer, id))).toBe(receipt.c)
    // An answer that was lost is asked for again.
    expect(await open(customer, id)).toBe(receipt.c)
    expect(await conversations(world)).toHaveLength(before + 1)
    await say(customer, { c: receipt.c, n: 1, text: 'One more thing' })
  }
})

it('another id is another conversation, also for a visitor whose first one was begun by a request', async () => {
  const world = await startBusyWorld()
  const customer = await connect(world)
  const { receipt } = await leave(world, { token: customer.welcome.token })
  expect(await open(customer, newMessageId())).toBe(receipt.c)
  expect(await open(customer, newMessageId())).not.toBe(receipt.c)
})

import { limits } from '@porchlight/protocol'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Db } from '../../src/store/database.js'
import { commands } from '../../src/writer/commands.js'
import { newMessageId } from '../domain/new-ids.js'
import { connect, openConversation, say, type Welcomed } from '../domain/wire-client.js'
import { noLimits, shopOrigin, startBusyWorld, startWorld, type World } from '../domain/world.js'

/** Holds every read of the database back until it is let go, and counts those that have begun. */
function holdReads(world: World): { readonly begun: () => number; readonly letGo: () => void } {
  const { read } = world.db
  let begun = 0
  let letGo = (): void => {}
  const gate = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const held: Db['read'] = async (job) => {
    begun++
    await gate
    return read(job)
  }
  Object.assign(world.db, { read: held })
  return { begun: () => begun, letGo: () => letGo() }
}

/** Resolves when the server has taken everything that the client sent. */
async function taken(client: Welcomed): Promise<void> {
  client.send({ t: 'ping', now: Date.now() })
  await client.next('pong')
}

/** Sends many fetches at once. Their answers come as `page` or `err`. */
function fetchMany(client: Welcomed, c: string, count: number): void {
  for (let number = 1; number <= count; number++) client.send({ t: 'fetch', rid: `f${number}`, c, from: 1 })
}

async function answersOf(client: Welcomed, count: number): Promise<{ readonly pages: string[]; readonly refused: string[] }> {
  const pages: string[] = []
  const refused: string[] = []
  for (let number = 1; number <= count; number++) {
    const rid = `f${number}`
    const answer = await Promise.race([client.next('page', (page) => page.rid === rid), client.next('err', ({ ref }) => ref === rid)])
    if (answer.t === 'page') pages.push(rid)
    else {
      expect(answer).toMatchObject({ code: 'rate_limited', retry: 'later', after: expect.any(Number) })
      refused.push(rid)
    }
  }
  return { pages, refused }
}

async function sameVisitor(world: World, count: number, address?: string): Promise<readonly [string, ...Welcomed[]]> {
  const first = await connect(world, { address })
  const c = await openConversation(first)
  const others = await Promise.all(Array.from({ length: count - 1 }, () => connect(world, { token: first.welcome.token, address })))
  return [c, first, ...others]
}

it('one fetch of a connection is worked on at a time; the others wait, and are answered in order', async () => {
  const world = await startWorld()
  const [c, ...clients] = await sameVisitor(world, 4)
  const { begun, letGo } = holdReads(world)
  for (const client of clients) fetchMany(client, c, 30)
  await Promise.all(clients.map(taken))
  expect(begun()).toBe(4)
  letGo()
  for (const client of clients) {
    expect((await answersOf(client, 30)).refused).toEqual([])
    const rids = client.frames.flatMap((frame) => (frame.t === 'page' && frame.rid.startsWith('f') ? [frame.rid] : []))
    expect(rids.slice(-30)).toEqual(Array.from({ length: 30 }, (_, index) => `f${index + 1}`))
  }
})

it('so many wait and no more: the rest is refused at once', async () => {
  const world = await startWorld()
  const [c, client] = (await sameVisitor(world, 1)) as readonly [string, Welcomed]
  const { begun, letGo } = holdReads(world)
  const count = limits.framesMaxPerPost + 3
  fetchMany(client, c, count)
  await taken(client)
  expect(begun()).toBe(1)
  letGo()
  expect((await answersOf(client, count)).refused).toEqual([`f${count - 1}`, `f${count}`])
})

it('all connections of a visitor share the pages that he may read; nobody else waits for him, and operators have no such rate', async () => {
  const world = await startWorld({ limits: { ...noLimits, pagesPerVisitor: { count: 9, perMs: 60_000 } } })
  const [c, ...clients] = await sameVisitor(world, 3)
  for (const client of clients) fetchMany(client, c, 5)
  const answers = await Promise.all(clients.map((client) => answersOf(client, 5)))
  // Two of the connections greeted a visitor who was known, and opening the conversation has read its first page.
  expect(answers.flatMap(({ pages }) => pages)).toHaveLength(6)
  const [own, other] = (await sameVisitor(world, 1)) as readonly [string, Welcomed]
  fetchMany(other, own, 5)
  expect((await answersOf(other, 5)).pages).toHaveLength(5)
  const ann = await connect(world, { ticket: await world.ticketFor('ann') })
  fetchMany(ann, c, 20)
  expect((await answersOf(ann, 20)).pages).toHaveLength(20)
})

it('visitors who share an address share its pages', async () => {
  const world = await startWorld({ trustProxy: 1, limits: { ...noLimits, pagesPerAddress: { count: 10, perMs: 60_000 } } })
  const visitors = [await sameVisitor(world, 1, '203.0.113.66'), await sameVisitor(world, 1, '203.0.113.66')] as const
  for (const [c, client] of visitors) fetchMany(client as Welcomed, c, 5)
  const answers = await Promise.all(visitors.map(([, client]) => answersOf(client as Welcomed, 5)))
  expect(answers.flatMap(({ pages }) => pages)).toHaveLength(6)
  const [c, other] = (await sameVisitor(world, 1, '203.0.113.7')) as readonly [string, Welcomed]
  fetchMany(other, c, 5)
  expect((await answersOf(other, 5)).pages).toHaveLength(5)
})

it('a visitor has so many connections, whatever devices he names: the oldest makes room', async () => {
  const world = await startWorld()
  const [, ...clients] = await sameVisitor(world, limits.socketsPerVisitor)
  const oldest = clients[0] as Welcomed
  const bystander = await connect(world)
  const token = oldest.welcome.token
  await connect(world, { token })
  expect(await oldest.closed).toBe(4409)
  expect(world.domain.hub.count()).toEqual({ visitors: limits.socketsPerVisitor + 1, operators: 0 })
  await taken(bystander)
})

it('a page of long texts is short, and nothing is lost between pages', async () => {
  const world = await startBusyWorld()
  const [c, client] = (await sameVisitor(world, 1)) as readonly [string, Welcomed]
  const texts = Array.from({ length: 6 }, (_, index) => `${index}${'\u{1F600}'.repeat(7_999)}`)
  for (const [index, text] of texts.entries()) await say(client, { c, n: index + 1, text })
  const read: string[] = []
  for (let from = 1, more = true; more; ) {
    const rid = newMessageId()
    client.send({ t: 'fetch', rid, c, from })
    const page = await client.next('page', (frame) => frame.rid === rid)
    expect(Buffer.byteLength(JSON.stringify(page.events))).toBeLessThanOrEqual(limits.pageMaxBytes)
    expect(page.events.length).toBeGreaterThan(0)
    read.push(...page.events.filter(({ k }) => k === 'text').map(({ data }) => String(data?.['text'])))
    from = (page.events.at(-1)?.seq ?? 0) + 1
    more = page.more
  }
  expect(read).toEqual(texts)
})

it('neither the light nor a read waits for a commit', async () => {
  const world = await startWorld()
  let letGo = (): void => {}
  const gate = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const slow = vi.spyOn(commands, 'meta.noteReady').mockReturnValueOnce(gate)
  onTestFinished(() => slow.mockRestore())
  let isWritten = false
  const write = world.db.write('meta.noteReady', null).then(() => {
    isWritten = true
  })
  const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(`${world.url}/v1/sites/shop/light`, { headers: { origin: shopOrigin } })))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
  expect(await world.db.query.selectFrom('site').select('id').execute()).toHaveLength(2)
  expect(isWritten).toBe(false)
  letGo()
  await write
})

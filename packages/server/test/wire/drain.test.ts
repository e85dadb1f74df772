import { expect, it } from 'vitest'
import { connect, openConversation, say } from '../domain/wire-client.js'
import { newMessageId, startWorld, temporaryDatabase, temporaryPath } from '../domain/world.js'

it('a server that goes says when to come back, answers what it has taken, and stores nothing that it did not answer', async () => {
  const path = temporaryPath()
  const world = await startWorld({ path })
  const customer = await connect(world)
  const c = await openConversation(customer)
  await say(customer, { c, n: 1, text: 'before' })
  const ids = Array.from({ length: 8 }, newMessageId)
  for (const [index, id] of ids.entries()) customer.send({ t: 'pub', c, id, n: index + 2, k: 'text', body: { text: `${index}` } })
  await Promise.all([customer.next('drain'), customer.closed.then((code) => expect(code).toBe(1012)), world.close()])

  const db = await temporaryDatabase(path)
  const rows = await db.query.selectFrom('event').select('id').where('c', '=', c).where('k', '=', 'text').execute()
  const stored = rows.map(({ id }) => id).filter((id) => ids.includes(id))
  const acknowledged = customer.frames.flatMap((frame) => (frame.t === 'ack' && ids.includes(frame.id) ? [frame.id] : []))
  expect(acknowledged).toEqual(stored)
})

it('a server that goes takes no new sockets', async () => {
  const world = await startWorld()
  await world.domain.close()
  await expect(connect(world)).rejects.toThrow('refused with 503')
})

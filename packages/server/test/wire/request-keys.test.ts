import { expect, it } from 'vitest'
import { leave } from '../domain/leave-request.js'
import { newMessageId } from '../domain/new-ids.js'
import { connect } from '../domain/wire-client.js'
import { startWorld, type World } from '../domain/world.js'

const tokensOf = async (world: World): Promise<number> => (await world.db.query.selectFrom('visitor_token').select('hash').execute()).length

it('repeating a request without end gives a few credentials, then the receipt alone', async () => {
  const world = await startWorld()
  const key = newMessageId()
  const answers = []
  for (let count = 0; count < 30; count++) answers.push(await leave(world, { key }))
  expect(answers.map(({ status }) => status)).toEqual([201, ...Array.from({ length: 29 }, () => 200)])
  expect(answers.filter(({ receipt }) => receipt.token !== undefined)).toHaveLength(8)
  expect(await tokensOf(world)).toBe(8)
  expect(answers.at(-1)?.receipt).toMatchObject({ reference: answers[0]?.receipt.reference })
})

it('so do repeats that come at once', async () => {
  const world = await startWorld()
  const key = newMessageId()
  await Promise.all(Array.from({ length: 30 }, () => leave(world, { key })))
  expect(await tokensOf(world)).toBe(8)
})

it('a key belongs to the visitor who used it first: another one learns nothing, whatever he sends with it', async () => {
  const world = await startWorld()
  const [first, other] = [await connect(world), await connect(world)]
  const key = newMessageId()
  const { receipt } = await leave(world, { key, token: first.welcome.token })
  for (const body of [undefined, { fields: { email: 'eve@example.com', text: 'x' } }]) {
    const answer = await leave(world, { key, token: other.welcome.token, ...(body ? { body } : {}) })
    expect(answer.status).toBe(409)
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'id_conflict' } })
    for (const secret of [receipt.reference, receipt.c, first.welcome.you.id]) expect(answer.text).not.toContain(secret)
  }
  expect((await leave(world, { key, token: first.welcome.token })).receipt).toEqual(receipt)
})

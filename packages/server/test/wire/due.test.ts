import { expect, it } from 'vitest'
import { leave } from '../domain/leave-request.js'
import { setUpSite } from '../domain/set-up-site.js'
import { customer, setStage } from '../domain/stage.js'
import { openConversation, say } from '../domain/wire-client.js'

it('a request is due when the site meant to answer as it came, left or made of a text; another target later moves nothing', async () => {
  const stage = await setStage()
  const { world, clock } = stage
  const requests = async () => (await world.domain.chat.inbox('shop')).requests
  await setUpSite(stage, { requestTargetMs: 3_600_000 })
  const { receipt } = await leave(world)
  expect(await requests()).toMatchObject([{ id: receipt.id, due: receipt.createdAt + 3_600_000 }])

  await setUpSite(stage, { requestTargetMs: 60_000 })
  await clock.advance(5_000)
  const visitor = await customer(world)
  const c = await openConversation(visitor)
  await say(visitor, { c, n: 1, text: 'Anybody?' })
  const rows = await requests()
  expect(rows.find((row) => row.c === c)?.due).toBe(clock.now() + 60_000)
  expect(rows.find(({ id }) => id === receipt.id)?.due).toBe(receipt.createdAt + 3_600_000)
})

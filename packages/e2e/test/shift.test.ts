import { createHistory } from '@porchlight/adapters/testing'
import { expect, it } from 'vitest'
import { createPageNetwork } from '../faults/page-network.js'
import { openTcpProxy } from '../harness/tcp-proxy.js'
import { beginShift } from '../soak/shift.js'
import type { Visit } from '../soak/visit.js'
import { useWays } from './ways.js'

const ways = useWays()
const quickly = { interval: 5, timeout: 10_000 }

it('an operator of the soak holds nothing of a visit that is over, and lets go of it only when his last answer is out', async () => {
  const { page, c, stored } = await ways.visit('shift')
  await page.say('first')
  await expect.poll(() => page.chat.$outbox.get().count, quickly).toBe(0)
  const proxy = await openTcpProxy(ways.world.port)
  const network = createPageNetwork({ origin: `http://127.0.0.1:${proxy.port}`, speed: ways.clock.speed })
  const adapter = ways.world.operator('shift', { port: proxy.port, network })
  const shift = beginShift({ name: 'olive', clock: ways.clock, network, adapter })
  const visit = { name: 'ann', history: createHistory(ways.clock.now), conversation: c } as unknown as Visit
  await expect.poll(() => shift.operator.connection.$connection.get().state, quickly).toBe('open')

  proxy.blackHole('up')
  shift.answer(visit)
  await expect.poll(() => shift.isQuiet(), quickly).toBe(false)
  shift.forget(visit)
  expect(shift.operator.logs()).toHaveLength(1)
  proxy.restore()
  await expect.poll(() => shift.operator.logs(), quickly).toEqual([])
  await expect.poll(async () => (await stored()).map(({ body }) => body['text']), quickly).toContain('ann olive 1')
  shift.end()
  proxy.close()
})

import type * as Crypto from 'node:crypto'
import type * as Os from 'node:os'
import { expect, it, vi } from 'vitest'
import { startApiServer } from './api-server.js'
import { browserAt, makeSite, ownerAt } from './browser.js'
import { connect } from './operator-socket.js'

/** Hashes under way, while they are held up: each ends when it is told to. */
const held: { isOn: boolean; readonly ends: (() => void)[] } = vi.hoisted(() => ({ isOn: false, ends: [] }))

vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof Crypto>()
  const scrypt = (...given: Parameters<typeof crypto.scrypt>): void => {
    if (held.isOn) held.ends.push(() => crypto.scrypt(...given))
    else crypto.scrypt(...given)
  }
  return { ...crypto, scrypt }
})

// A machine with many processors has no more of the threads below.
vi.mock('node:os', async (original) => ({ ...(await original<typeof Os>()), availableParallelism: () => 64 }))

/** libuv’s worker threads, which hashes share with everything that reads files. */
const threads = 4
const count = 50

it('many sign-ins at once leave a thread free, and the sockets and the other answers as they are', async () => {
  const server = await startApiServer()
  const owner = await ownerAt(server)
  await makeSite(owner, 'alpha')
  const socket = await connect(server, owner, 'alpha')
  held.isOn = true
  let answered = 0
  const signIns = Array.from({ length: count }, async (_, index) => {
    const { status } = await browserAt(server).signIn(`user${index}@alpha.example`, 'not the right one')
    answered++
    return status
  })
  await vi.waitUntil(() => held.ends.length > 0, { interval: 1 })
  let most = 0
  for (let ended = 0; ended < count; ended++) {
    await vi.waitUntil(() => held.ends.length > 0, { interval: 1 })
    most = Math.max(most, held.ends.length)
    if (ended === 0) {
      socket.send({ t: 'ping', now: 1 })
      expect(await socket.frame('pong')).toMatchObject({ echo: 1 })
      expect((await fetch(`${server.url}/console`)).status).toBe(200)
      expect((await owner.call('GET', '/api/sites/alpha/inbox')).status).toBe(200)
      expect(answered).toBe(0)
      most = Math.max(most, held.ends.length)
    }
    held.ends.shift()?.()
  }
  expect(new Set(await Promise.all(signIns))).toEqual(new Set([401]))
  expect([most >= 2, most < threads]).toEqual([true, true])
})

import type * as Crypto from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { ownerEmail, passwordCost, startApiServer } from './api-server.js'
import { browserAt } from './browser.js'

/** What each hash was asked for: all that decides how long it takes. */
const hashes: unknown[] = vi.hoisted(() => [])

vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof Crypto>()
  const scrypt = (...given: Parameters<typeof crypto.scrypt>): void => {
    const [, salt, keyBytes, options] = given
    hashes.push({ saltBytes: (salt as Buffer).byteLength, keyBytes, ...options })
    crypto.scrypt(...given)
  }
  return { ...crypto, scrypt }
})

it('a sign-in works as hard for an unknown address as for a wrong password', async () => {
  const server = await startApiServer()
  const work = []
  for (const email of [ownerEmail, 'nobody@alpha.example']) {
    hashes.length = 0
    expect((await browserAt(server).signIn(email, 'not the right one')).status).toBe(401)
    work.push([...hashes])
  }
  expect(work[0]).toEqual([expect.objectContaining({ N: passwordCost })])
  expect(work[1]).toEqual(work[0])
})

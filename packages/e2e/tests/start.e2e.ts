import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runServer } from '../harness/server-process.js'

let data: string
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'porchlight-start-'))
})
afterAll(() => rm(data, { recursive: true, force: true }))

/** Runs the server until it ends by itself. */
const run = (environment: Record<string, string>) => runServer({ PORCHLIGHT_DATA: data, ...environment }).ended

it('a taken port ends the start with one sentence and code 2', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as { port: number }
  const { code, stderr } = await run({ PORT: String(port) })
  holder.close()
  expect(code).toBe(2)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toContain(String(port))
})

it('a data folder that cannot be written ends the start with one sentence and code 2', async () => {
  const { code, stderr } = await run({ PORCHLIGHT_DATA: '/proc/porchlight' })
  expect(code).toBe(2)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toContain('/proc/porchlight')
})

it.each([
  ['PORT', 'many'],
  ['PORCHLIGHT_PUBLIC_URL', 'not an address'],
  ['PORCHLIGHT_LIMITS', '{'],
  ['PORCHLIGHT_OWNER_PASSWORD', 'short'],
  ['PORCHLIGHT_NATS_URL', 'nats://localhost'],
  ['PORCHLIGHT_SMTP_URL', 'smtp://localhost']
])('a bad %s ends the start with its name and code 2', async (name, value) => {
  const { code, stderr } = await run({ PORCHLIGHT_OWNER_EMAIL: 'owner@shop.example', [name]: value })
  expect(code).toBe(2)
  expect(stderr).toContain(name)
  expect(stderr).not.toContain('    at ')
})

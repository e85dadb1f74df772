import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { porchlightAdapter } from '@porchlight/adapters/porchlight'
import { createHistory } from '@porchlight/adapters/testing'
import { memoryEnv } from '@porchlight/core/testing'
import { expect, it, onTestFinished } from 'vitest'
import { openCustomer } from '../faults/customer.js'
import { fastClock } from '../faults/fast-clock.js'
import { pause } from '../faults/layer.js'
import { openOperator } from '../faults/operator.js'
import { signIn } from '../faults/owner-session.js'
import { createPageNetwork } from '../faults/page-network.js'
import { roomyLimits } from '../faults/roomy-limits.js'
import { runProcess } from '../harness/run-process.js'
import { owner } from '../harness/server-process.js'

const speed = 10
const fastServer = new URL('../faults/fast-server.mjs', import.meta.url).pathname
const quickly = { interval: 10, timeout: 20_000 }

it('T14: a server that stands still for 20 s and goes on loses nothing, and the operator was there all the time and is there once', async () => {
  const data = await mkdtemp(join(tmpdir(), 'porchlight-stopped-'))
  const environment = { SPEED: String(speed), DATA: data, OWNER: JSON.stringify(owner), LIMITS: JSON.stringify(roomyLimits) }
  const server = runProcess(process.execPath, [fastServer], { environment })
  onTestFinished(async () => {
    server.kill('SIGKILL')
    await server.ended
    await rm(data, { recursive: true, force: true })
  })
  const [, url = ''] = await server.printed(/on at (http:\S+)/)
  const { call, ticketFor } = await signIn(url, owner)
  await call('PUT', '/api/me/presence', { available: true })
  const clock = fastClock(speed)
  const history = createHistory(clock.now)
  const network = createPageNetwork({ origin: url, speed })
  const adapter = porchlightAdapter({ server: url, site: 'demo', ...network, credential: ticketFor('demo') })
  const olive = openOperator({ name: 'olive', history, env: memoryEnv({ clock }), network, adapter })
  await expect.poll(() => olive.connection.$connection.get().state, quickly).toBe('open')
  const ann = await openCustomer({
    name: 'ann',
    history,
    env: memoryEnv({ clock }),
    network: () => createPageNetwork({ origin: 'http://localhost:8080', speed }),
    adapter: (own) => porchlightAdapter({ server: url, site: 'demo', ...own })
  })
  const [page] = ann.pages()
  if (!page) throw new Error('no page')
  const texts = () => page.chat.$messages.get().flatMap(({ k, body, state }) => (k === 'text' && state !== 'pending' ? [String(body['text'])] : []))
  await page.say('before')
  await expect.poll(texts, quickly).toEqual(['before'])
  await expect.poll(() => page.chat.$availability.get().state, quickly).toBe('online')
  const seen = new Set<string>()
  page.chat.$availability.listen(({ state }) => seen.add(state))

  server.kill('SIGSTOP')
  await page.say('meanwhile')
  await olive.say(page.chat.$conversation.get()?.c ?? '', 'answer')
  await pause(20_000 / speed)
  server.kill('SIGCONT')

  await expect.poll(() => texts().toSorted(), quickly).toEqual(['answer', 'before', 'meanwhile'])
  await expect.poll(() => olive.connection.$connection.get().state, quickly).toBe('open')
  const rows = page.chat.$messages.get()
  expect(rows.filter(({ k }) => k === 'assigned')).toHaveLength(1)
  // It may be unknown while nobody answers; nobody was told that the operator had gone.
  expect([...seen].filter((state) => state === 'offline' || state === 'away')).toEqual([])
  ann.close()
  olive.close()
}, 60_000)

import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { RunningProcess } from '../harness/run-process.js'
import { runServer } from '../harness/server-process.js'

let data: string

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'porchlight-exit-'))
  return () => rm(data, { recursive: true, force: true })
})

function run(environment: Record<string, string> = {}): RunningProcess {
  const server = runServer({ PORCHLIGHT_DATA: data, ...environment })
  onTestFinished(() => server.kill('SIGKILL'))
  return server
}

it('SIGTERM and SIGINT end a server with 0, also while somebody is connected, who is told when to come back', async () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const server = run({ PORCHLIGHT_DEMO: '1' })
    const [, url = ''] = await server.printed(/Porchlight is on at (http:\/\/\S+)/)
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/socket?site=demo`, 'porchlight.v1', { origin: 'http://localhost:8080' })
    const frames: string[] = []
    socket.on('message', (text) => frames.push(String(text)))
    await once(socket, 'open')
    socket.send(JSON.stringify({ t: 'hello', v: [1, 1], device: 'A'.repeat(22) }))
    await once(socket, 'message')
    const closed = once(socket, 'close')
    server.kill(signal)
    expect((await closed)[0]).toBe(1012)
    expect(frames.some((text) => text.includes('"t":"drain"'))).toBe(true)
    expect((await server.ended).code).toBe(0)
  }
}, 30_000)

it('a configuration that is wrong ends it with 2', async () => {
  const server = run({ PORT: 'many', PORCHLIGHT_LOG: 'loud' })
  expect((await server.ended).code).toBe(2)
  expect(server.output().trim().split('\n')).toHaveLength(2)
}, 20_000)

it.each([
  ['is no database', () => writeFile(join(data, 'porchlight.db'), 'this is no database'.repeat(1_000))],
  ['is a folder', () => mkdir(join(data, 'porchlight.db'))]
])(
  'a database file that %s ends the start with 1 and one sentence',
  async (_, spoil) => {
    await spoil()
    const server = run()
    expect((await server.ended).code).toBe(1)
    expect(server.output()).toMatch(/^porchlight: [^\n]*database[^\n]*\n$/)
  },
  20_000
)

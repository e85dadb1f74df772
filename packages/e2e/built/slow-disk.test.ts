import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { RunningProcess } from '../harness/run-process.js'
import { runServer } from '../harness/server-process.js'

const preload = new URL('../harness/tamper-with-commits.mjs', import.meta.url).href

let folder: string
let server: RunningProcess

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porchlight-disk-'))
})

afterEach(async () => {
  server.kill('SIGKILL')
  await server.ended
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<string> {
  server = runServer({ PORCHLIGHT_DATA: join(folder, 'data'), PORCHLIGHT_DEMO: '1', TAMPER: folder, NODE_OPTIONS: `--import ${preload}` })
  const [, url = ''] = await server.printed(/Porchlight is on at (http:\/\/\S+)/)
  return url
}

interface Frame {
  readonly t: string
  readonly [field: string]: unknown
}

interface Client {
  readonly frames: Frame[]
  readonly send: (frame: object) => void
  readonly next: (test: (frame: Frame) => boolean) => Promise<Frame>
}

async function connect(url: string, token?: string): Promise<Client> {
  const frames: Frame[] = []
  const waiting = new Set<() => void>()
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/socket?site=demo`, 'porchlight.v1', { origin: 'http://localhost:8080' })
  socket.on('message', (text) => {
    frames.push(JSON.parse(String(text)) as Frame)
    for (const look of waiting) look()
  })
  const next = (test: (frame: Frame) => boolean): Promise<Frame> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = frames.find(test)
        if (!found) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    })
  await new Promise((resolve) => socket.once('open', resolve))
  const client = { frames, next, send: (frame: object) => socket.send(JSON.stringify(frame)) }
  client.send({ t: 'hello', v: [1, 1], device: 'A'.repeat(22), token })
  await next(({ t }) => t === 'welcome')
  return client
}

const idOf = (number: number): string => `0197f000-0000-7000-8000-${String(number).padStart(12, '0')}`

async function open({ send, next }: Client): Promise<string> {
  send({ t: 'open', id: idOf(0) })
  const { c } = await next(({ t, id }) => t === 'ack' && id === idOf(0))
  return String(c)
}

function say({ send }: Client, c: string, n: number): string {
  send({ t: 'pub', c, id: idOf(n), n, k: 'text', body: { text: `text ${n}` } })
  return idOf(n)
}

const isAckOf =
  (wanted: string) =>
  ({ t, id }: Frame): boolean =>
    t === 'ack' && id === wanted

it('T64: while the disk does not end a commit, heartbeats and reads go on; acks come late, in order, and none is lost', async () => {
  const url = await start()
  const client = await connect(url)
  const c = await open(client)
  await client.next(isAckOf(say(client, c, 1)))

  await writeFile(join(folder, 'hold'), '')
  const late = [2, 3, 4].map((n) => say(client, c, n))
  for (let now = 1; now <= 20; now++) {
    client.send({ t: 'ping', now })
    await client.next(({ t, echo }) => t === 'pong' && echo === now)
    client.send({ t: 'fetch', rid: `r${now}`, c, from: 1 })
    expect(await client.next(({ t, rid }) => t === 'page' && rid === `r${now}`)).toMatchObject({ more: false })
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  }
  expect(client.frames.filter(({ t, id }) => t === 'ack' && late.includes(String(id)))).toEqual([])

  await rm(join(folder, 'hold'))
  for (const id of late) await client.next(isAckOf(id))
  client.send({ t: 'fetch', rid: 'all', c, from: 1 })
  const { events } = await client.next(({ rid }) => rid === 'all')
  expect((events as { k: string; data: { text: string } }[]).filter(({ k }) => k === 'text').map(({ data }) => data.text)).toEqual([
    'text 1',
    'text 2',
    'text 3',
    'text 4'
  ])
  const acks = client.frames.filter(({ t, id }) => t === 'ack' && id !== idOf(0))
  expect(acks.map(({ id }) => id)).toEqual([1, 2, 3, 4].map(idOf))
}, 20_000)

it('when the thread that writes ends, the server ends with 1, and what it has acknowledged is there', async () => {
  const client = await connect(await start())
  const c = await open(client)
  await client.next(isAckOf(say(client, c, 1)))
  await writeFile(join(folder, 'end'), '')
  say(client, c, 2)
  const { code, stderr } = await server.ended
  expect([code, stderr]).toEqual([1, expect.stringContaining('porchlight: the database takes nothing more: the writing thread ended with 3\n')])
  expect(client.frames.filter(isAckOf(idOf(2)))).toEqual([])

  await rm(join(folder, 'end'))
  const { token } = await client.next(({ t }) => t === 'welcome')
  const again = await connect(await start(), String(token))
  again.send({ t: 'fetch', rid: 'all', c, from: 1 })
  const { events } = await again.next(({ rid }) => rid === 'all')
  expect((events as { id: string }[]).map(({ id }) => id)).toContain(idOf(1))
  expect(await again.next(isAckOf(say(again, c, 2)))).toMatchObject({ c })
}, 20_000)

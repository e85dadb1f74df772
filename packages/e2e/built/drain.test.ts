import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { RunningProcess } from '../harness/run-process.js'
import { freePort, runServer } from '../harness/server-process.js'
import { connectVisitor, newMessageId, type WireVisitor } from '../harness/wire-visitor.js'

/** 5,000 is the long form; each takes a descriptor here and one in the server. */
const crowd = Number(process.env['PORCHLIGHT_TEST_CROWD'] ?? 120)
/** So many of them write all the time. */
const writers = 20
const roomy = { count: 1_000_000, perMs: 1_000 }
const limits = JSON.stringify(
  Object.fromEntries(['messageBurst', 'messagesPerVisitor', 'messagesPerSite', 'requestsPerSite', 'framesPerConnection'].map((name) => [name, roomy]))
)

/** One who writes until his server goes: what was acknowledged, and what he does not know of. */
interface Writer {
  readonly visitor: WireVisitor
  readonly c: string
  readonly acknowledged: string[]
  readonly unknown: () => string | undefined
}

async function startWriter(visitor: WireVisitor): Promise<Writer> {
  const openId = newMessageId()
  visitor.send({ t: 'open', id: openId })
  const c = String((await visitor.next((frame) => frame['id'] === openId))['c'])
  const acknowledged: string[] = []
  let unknown: string | undefined
  async function write(): Promise<void> {
    for (let n = 1; ; n++) {
      unknown = newMessageId()
      const id = unknown
      visitor.send({ t: 'pub', c, id, n, k: 'text', body: { text: `${n}` } })
      await visitor.next((frame) => frame['id'] === id && frame.t === 'ack')
      acknowledged.push(id)
    }
  }
  void write().catch(() => {})
  return { visitor, c, acknowledged, unknown: () => unknown }
}

/** Comes back as a client does: at some moment of the window, and while nobody answers with growing pauses, three seconds at most. */
async function comeBack(url: string, { device, welcome }: WireVisitor, [earliest, latest]: readonly [number, number]): Promise<WireVisitor> {
  let waitMs = earliest + Math.random() * (latest - earliest)
  for (let attempt = 0; ; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    const back = await connectVisitor(url, { device, token: welcome['token'] }).catch(() => undefined)
    if (back?.welcome.t === 'welcome') return back
    const after = back?.welcome['after']
    waitMs = typeof after === 'number' ? after * (1 + Math.random()) : Math.random() * Math.min(3_000, 500 * 2 ** attempt)
  }
}

it(`T26: SIGTERM with a crowd of ${crowd}: each is told a window and closed with 1012, all are back within it and five seconds, nothing is lost`, async () => {
  const data = await mkdtemp(join(tmpdir(), 'porchlight-drain-'))
  onTestFinished(() => rm(data, { recursive: true, force: true }))
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const start = async (): Promise<RunningProcess> => {
    const running = runServer({ PORCHLIGHT_DATA: data, PORT: port, PORCHLIGHT_DEMO: '1', PORCHLIGHT_LIMITS: limits })
    onTestFinished(() => running.kill('SIGKILL'))
    await running.printed(/Porchlight is on at/)
    return running
  }
  const first = await start()
  const people: WireVisitor[] = []
  while (people.length < crowd)
    people.push(...(await Promise.all(Array.from({ length: Math.min(50, crowd - people.length) }, () => connectVisitor(url)))))
  const talks = await Promise.all(people.slice(0, writers).map(startWriter))
  await expect.poll(() => talks.every(({ acknowledged }) => acknowledged.length > 2), { timeout: 20_000, interval: 5 }).toBe(true)

  first.kill('SIGTERM')
  const drains = await Promise.all(people.map(({ next }) => next(({ t }) => t === 'drain')))
  const windows = drains.map((frame) => frame['after'] as readonly [number, number])
  expect(await Promise.all(people.map(({ closed }) => closed))).toEqual(people.map(() => 1012))
  const returns = Promise.all(people.map((person, index) => comeBack(url, person, windows[index] ?? [0, 0])))
  expect((await first.ended).code).toBe(0)
  await start()
  const up = performance.now()
  const back = await returns
  const tookMs = performance.now() - up
  const windowMs = Math.max(...windows.map(([, latest]) => latest))
  expect(windowMs).toBe(Math.max(1_000, Math.ceil(crowd / 1.5)))
  expect(tookMs).toBeLessThan(windowMs + 5_000)

  for (const [index, { c, acknowledged, unknown }] of talks.entries()) {
    const visitor = back[index] as WireVisitor
    const ids = await textIds(visitor, c)
    const last = unknown()
    expect(ids.slice(0, acknowledged.length)).toEqual(acknowledged)
    expect(acknowledged.concat(last ?? [])).toEqual(expect.arrayContaining([...ids]))
    expect(new Set(ids).size).toBe(ids.length)
  }
  for (const { leave } of back) leave()
}, 120_000)

async function textIds({ send, next }: WireVisitor, c: string): Promise<readonly unknown[]> {
  const events: { readonly k: string; readonly id: string }[] = []
  for (;;) {
    const rid = newMessageId()
    send({ t: 'fetch', rid, c, from: events.length + 1 })
    const page = await next((frame) => frame['rid'] === rid)
    events.push(...(page['events'] as typeof events))
    if (page['more'] !== true) return events.filter(({ k }) => k === 'text').map(({ id }) => id)
  }
}

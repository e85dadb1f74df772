import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { type RunningProcess, runProcess } from '../harness/run-process.js'
import { freePort, main, runServer } from '../harness/server-process.js'
import { connectVisitor, newMessageId, type WireVisitor } from '../harness/wire-visitor.js'

const roomy = { count: 1_000_000, perMs: 1_000 }
const limits = JSON.stringify(
  Object.fromEntries(
    ['framesPerConnection', 'messageBurst', 'messagesPerVisitor', 'messagesPerSite', 'requestsPerSite', 'pagesPerVisitor'].map((name) => [
      name,
      roomy
    ])
  )
)

interface Sent {
  readonly id: string
  readonly text: string
}

/** A customer who writes as fast as he is answered, until he is told to stop or his server dies. */
interface Writer {
  readonly visitor: WireVisitor
  readonly c: string
  readonly acknowledged: readonly Sent[]
  readonly stop: () => void
}

async function startWriter(url: string, name: string): Promise<Writer> {
  const visitor = await connectVisitor(url)
  const openId = newMessageId()
  visitor.send({ t: 'open', id: openId })
  const c = String((await visitor.next((frame) => frame['id'] === openId))['c'])
  const acknowledged: Sent[] = []
  let isStopped = false
  async function write(): Promise<void> {
    for (let n = 1; !isStopped; n++) {
      const sent = { id: newMessageId(), text: `${name} ${n}` }
      visitor.send({ t: 'pub', c, id: sent.id, n, k: 'text', body: { text: sent.text } })
      const { t, code } = await visitor.next((frame) => frame['id'] === sent.id && (frame.t === 'ack' || frame.t === 'nack'))
      if (t !== 'ack') throw new Error(`refused: ${code}`)
      acknowledged.push(sent)
    }
  }
  void write().catch((error: Error) => {
    if (!error.message.startsWith('closed')) throw error
  })
  return {
    visitor,
    c,
    acknowledged,
    stop: () => {
      isStopped = true
    }
  }
}

it('T70, T20: a backup taken under load is a whole prefix; after it is restored, clients offer what was lost, and every text is there once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-backup-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const [data, file] = [join(folder, 'data'), join(folder, 'copy.db')]
  const environment = { PORCHLIGHT_DATA: data, PORT: String(await freePort()), PORCHLIGHT_DEMO: '1', PORCHLIGHT_LIMITS: limits }
  const url = `http://127.0.0.1:${environment.PORT}`
  const start = async (): Promise<RunningProcess> => {
    const running = runServer(environment)
    onTestFinished(() => running.kill('SIGKILL'))
    await running.printed(/Porchlight is on at/)
    return running
  }
  const command = async (...parameters: string[]): Promise<number | null> => {
    const { code } = await runProcess(process.execPath, [main, ...parameters], { environment: { PORCHLIGHT_DATA: data } }).ended
    return code
  }

  const first = await start()
  const writers = await Promise.all(['a', 'b', 'c', 'd'].map((name) => startWriter(url, name)))
  await expect.poll(() => writers.every(({ acknowledged }) => acknowledged.length >= 20), { timeout: 10_000, interval: 5 }).toBe(true)
  const before = writers.map(({ acknowledged }) => acknowledged.length)
  expect(await command('backup', file)).toBe(0)
  const after = writers.map(({ acknowledged }) => acknowledged.length)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await command('restore', file)).toBe(2)
  await expect.poll(() => writers.every(({ acknowledged }, index) => acknowledged.length > (after[index] ?? 0)), { interval: 5 }).toBe(true)
  for (const { stop } of writers) stop()
  first.kill('SIGKILL')
  await first.ended
  expect(await command('restore', file)).toBe(0)
  expect((await readdir(data)).filter((name) => name.includes('before-restore'))).toHaveLength(1)

  await start()
  for (const [index, { visitor, c, acknowledged }] of writers.entries()) {
    const { device, welcome } = visitor
    const held = acknowledged.length
    const back = await connectVisitor(url, { device, token: welcome['token'], subs: [{ c, epoch: 'before', have: held }] })
    const [log] = back.welcome['subs'] as [{ readonly reset?: boolean; readonly lastN: number }]
    expect(log.reset).toBe(true)
    expect(log.lastN).toBeGreaterThanOrEqual(before[index] ?? 0)
    expect(log.lastN).toBeLessThan(held)
    const rest = acknowledged.slice(log.lastN)
    for (const [place, { id, text }] of rest.entries()) back.send({ t: 'pub', c, id, n: log.lastN + place + 1, k: 'text', body: { text } })
    for (const { id } of rest) expect(await back.next((frame) => frame['id'] === id && frame.t !== 'ev')).toMatchObject({ t: 'ack' })
    const events = await readAll(back, c)
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, place) => place + 1))
    const texts = events.flatMap(({ k, data }) => (k === 'text' ? [data.text] : []))
    expect(texts.slice(0, held)).toEqual(acknowledged.map(({ text }) => text))
    expect(new Set(texts).size).toBe(texts.length)
    back.leave()
  }
}, 60_000)

interface ReadEvent {
  readonly seq: number
  readonly k: string
  readonly data: { readonly text: string }
}

async function readAll({ send, next }: WireVisitor, c: string): Promise<readonly ReadEvent[]> {
  const events: ReadEvent[] = []
  for (;;) {
    const rid = newMessageId()
    send({ t: 'fetch', rid, c, from: events.length + 1 })
    const page = await next((frame) => frame['rid'] === rid)
    events.push(...(page['events'] as ReadEvent[]))
    if (page['more'] !== true) return events
  }
}

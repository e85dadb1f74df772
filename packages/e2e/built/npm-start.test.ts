import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Checkout, checkOut } from '../harness/checkout.js'
import { isGroupRunning } from '../harness/process-group.js'
import { type RunningProcess, runProcess } from '../harness/run-process.js'

let checkout: Checkout
const started: RunningProcess[] = []
beforeAll(async () => {
  checkout = await checkOut()
})
afterEach(() => {
  for (const { pid } of started.splice(0)) if (isGroupRunning(pid)) process.kill(-pid, 'SIGKILL')
})
afterAll(() => checkout?.remove())

const account = { email: 'olive@shop.example', name: 'Olive', password: 'a quiet porch light' }

function npmStart(environment: Record<string, string> = {}): RunningProcess {
  return start('npm', ['start'], environment)
}

function start(program: string, parameters: readonly string[], environment: Record<string, string> = {}): RunningProcess {
  const running = runProcess(program, parameters, {
    folder: checkout.folder,
    leadsGroup: true,
    environment: { PORT: '0', PORCHLIGHT_LOG: 'info', ...environment }
  })
  started.push(running)
  return running
}

/** What a build or an installation would change: every file of theirs, its bytes and when it was written. */
function builtFiles(): Record<string, string> {
  const folders = ['.cache', ...readdirSync(join(checkout.folder, 'packages')).map((name) => `packages/${name}/dist`)]
  const files = folders
    .filter((folder) => existsSync(join(checkout.folder, folder)))
    .flatMap((folder) => readdirSync(join(checkout.folder, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
  return Object.fromEntries(['node_modules/.package-lock.json', ...files].map((file) => [file, markOf(join(checkout.folder, file))]))
}

function markOf(path: string): string {
  const { mtimeNs } = statSync(path, { bigint: true })
  return `${mtimeNs} ${statSync(path).isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : ''}`
}

async function post(url: string, path: string, body: unknown): Promise<number> {
  const headers = { 'content-type': 'application/json', origin: url, 'x-porchlight': '1' }
  return (await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })).status
}

it('the first start builds and says where shop, console and set-up are; the next builds nothing and has the data; both stop when npm is asked to', async () => {
  const first = npmStart()
  const [, url = '', token] = await first.printed(/(http:\S+)\/console#setup=(\S+)/)
  expect(first.output()).toMatch(/^Built\.$/m)
  for (const path of ['/', '/console', '/v1/porchlight.js']) {
    const answer = await fetch(url + path)
    expect([path, answer.status]).toEqual([path, 200])
    await answer.text()
  }
  for (const line of [`shop page  ${url}/`, `console    ${url}/console`]) expect(first.output()).toContain(line)
  expect(await post(url, '/api/setup', { token, ...account })).toBe(201)
  process.kill(first.pid, 'SIGTERM')
  await first.ended
  await expect.poll(() => isGroupRunning(first.pid), { timeout: 15_000 }).toBe(false)
  expect(first.output()).toContain('"msg":"closed"')

  const before = builtFiles()
  expect(Object.keys(before).length).toBeGreaterThan(100)
  const second = npmStart()
  const [, again = ''] = await second.printed(/console {4}(http:\S+)\/console/)
  expect(builtFiles()).toEqual(before)
  expect(second.output()).not.toMatch(/Install|Built|setup=/)
  expect(await post(again, '/api/session', { email: account.email, password: account.password })).toBe(201)
  process.kill(-second.pid, 'SIGTERM')
  await second.ended
  await expect.poll(() => isGroupRunning(second.pid), { timeout: 15_000 }).toBe(false)
  expect(second.output()).toContain('"msg":"closed"')
}, 300_000)

it('asked to stop, and asked again while a request is still under way, it ends with 0', async () => {
  const running = start(process.execPath, ['scripts/start.mjs'])
  const [, port = ''] = await running.printed(/Porchlight is on at http:\/\/127\.0\.0\.1:(\d+)/)
  const slow = connect(Number(port), '127.0.0.1')
  slow.on('error', () => undefined)
  slow.write('POST /v1/requests?site=demo HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{')
  await once(slow, 'connect')
  running.kill('SIGTERM')
  await running.printed(/"msg":"closing"/)
  running.kill('SIGTERM')
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow()
  slow.destroy()
  expect(await running.ended).toMatchObject({ code: 0, signal: null })
  expect(isGroupRunning(running.pid)).toBe(false)
}, 300_000)

it('a taken port, a file in the place of the data folder and a bad variable end npm start with one sentence and code 2', async () => {
  const holder = start(process.execPath, ['scripts/start.mjs'])
  const [, port = ''] = await holder.printed(/Porchlight is on at http:\/\/127\.0\.0\.1:(\d+)/)
  const file = join(checkout.folder, 'package.json')
  for (const environment of [{ PORT: port, PORCHLIGHT_DATA: './elsewhere' }, { PORCHLIGHT_DATA: file }, { PORT: 'many' }]) {
    const { code, stderr } = await npmStart(environment).ended
    expect(code).toBe(2)
    const ours = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('npm '))
    expect(ours).toEqual([expect.stringMatching(/^porchlight: .*(PORT|PORCHLIGHT_DATA) is /)])
  }
  holder.kill('SIGTERM')
  await holder.ended
}, 300_000)

it('a source that does not build ends npm start with the file’s name and code 1', async () => {
  writeFileSync(join(checkout.folder, 'packages/server/src/log.ts'), 'export const = 1\n')
  const { code, stderr } = await npmStart().ended
  expect(code).toBe(1)
  expect(stderr).toContain('packages/server/src/log.ts')
}, 300_000)

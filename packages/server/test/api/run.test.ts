import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { type ExitCode, run } from '../../src/run.js'
import { passwordCost } from './api-server.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porchlight-run-'))
  return () => rm(folder, { recursive: true, force: true })
})

interface Process {
  readonly code: Promise<ExitCode>
  readonly stdout: () => string
  readonly stderr: () => string
  /** Resolves when the process has printed where it is, or has ended. */
  readonly settled: Promise<unknown>
  readonly stop: () => void
}

/** Starts as `main` does, without a process. */
function start(env: Record<string, string>): Process {
  let stdout = ''
  let stderr = ''
  let stop = (): void => {}
  let greeted = (): void => {}
  const greeting = new Promise<void>((resolve) => {
    greeted = resolve
  })
  const code = run({
    env: { PORCHLIGHT_DATA: join(folder, 'data'), PORT: '0', ...env },
    options: { passwordCost },
    stdout: {
      write(text) {
        stdout += text
        greeted()
      }
    },
    stderr: {
      write(text) {
        stderr += text
      }
    },
    onStop(callback) {
      stop = callback
    }
  })
  onTestFinished(async () => {
    stop()
    await code
  })
  return { code, stdout: () => stdout, stderr: () => stderr, settled: Promise.race([greeting, code]), stop: () => stop() }
}

describe('a start', () => {
  it('prints where things are, and ends with 0 when it is asked to', async () => {
    const running = start({ PORCHLIGHT_DEMO: '1', PORCHLIGHT_OWNER_EMAIL: 'owner@shop.example', PORCHLIGHT_OWNER_PASSWORD: 'a quiet porch light' })
    await running.settled
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(running.stdout())?.[0]
    expect(running.stdout()).toBe(`Porchlight is on at ${url}\n  shop page  ${url}/\n  console    ${url}/console\n`)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    running.stop()
    expect(await running.code).toBe(0)
    await expect(fetch(`${url}/readyz`)).rejects.toThrow()
  })

  it('prints the one-time set-up link, whose token stands in the fragment and in no log', async () => {
    const running = start({ PORCHLIGHT_LOG: 'info' })
    await running.settled
    const token = /\/console#setup=(plo_[\w-]{43})\n/.exec(running.stdout())?.[1] ?? 'none'
    expect(token).not.toBe('none')
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(running.stdout())?.[0]
    await fetch(`${url}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-porchlight': '1', origin: url ?? '' },
      body: JSON.stringify({ token, email: 'olive@shop.example', name: 'Olive', password: 'a quiet porch light' })
    })
    expect(running.stderr()).toContain('first owner made')
    expect(running.stderr()).not.toContain(token)
  })

  it('leaves the terminal to what people need: no line for an answer, one for a fault', async () => {
    const running = start({ PORCHLIGHT_DEMO: '1' })
    await running.settled
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(running.stdout())?.[0]
    for (const path of ['/', '/console', '/nowhere', '/readyz']) await fetch(url + path)
    expect(running.stderr()).toBe('')
    expect(running.stdout().split('\n')).toHaveLength(5)
    running.stop()
    await running.code
    expect(running.stderr()).toBe('')
  })

  it('ends with 2 and one sentence for each fault of the configuration', async () => {
    const running = start({ PORT: 'http', PORCHLIGHT_NATS_URL: 'nats://bus', PORCHLIGHT_PUBLIC_URL: 'http://chat.example.com' })
    expect(await running.code).toBe(2)
    expect(running.stdout()).toBe('')
    const lines = running.stderr().trim().split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toBe('porchlight: PORT is "http": expected a whole number from 0 to 65535')
  })

  it('ends with 2 when the URL of the mail server cannot be, and says why without its password', async () => {
    const running = start({ PORCHLIGHT_SMTP_URL: 'smtp://porch:hunter2@mail.example/x', PORCHLIGHT_MAIL_FROM: 'chat@porch.example' })
    expect(await running.code).toBe(2)
    expect(running.stderr()).toBe(
      'porchlight: PORCHLIGHT_SMTP_URL: expected a URL such as smtps://user:password@mail.example.com, since this one goes on after the server and its port\n'
    )
  })

  it('ends with 2 and one sentence when other machines would reach it in the clear', async () => {
    for (const url of [undefined, 'http://localhost:4700', 'http://127.0.0.1:4700']) {
      const running = start({ HOST: '0.0.0.0', ...(url === undefined ? {} : { PORCHLIGHT_PUBLIC_URL: url }) })
      expect(await running.code).toBe(2)
      expect(running.stderr()).toMatch(/^porchlight: HOST is "0\.0\.0\.0", [^\n]+ expected PORCHLIGHT_PUBLIC_URL to name the https address [^\n]+\n$/)
    }
  })

  it('ends with 2 when the port is taken', async () => {
    const other = createTcpServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    onTestFinished(() => void other.close())
    const port = String((other.address() as { port: number }).port)
    const running = start({ PORT: port })
    expect(await running.code).toBe(2)
    expect(running.stderr()).toMatch(/^[^\n]+\n$/)
    expect(running.stderr()).toContain(`PORT is "${port}": expected a port that nothing else uses (EADDRINUSE)`)
  })

  it('ends with 2 when the data folder is a file, or cannot be made', async () => {
    await writeFile(join(folder, 'file'), '')
    for (const [path, code] of [
      [join(folder, 'file'), 'ENOTDIR'],
      [join(folder, 'file', 'data'), 'ENOTDIR'],
      // A file system that shows a folder and lets nobody make one in it.
      ...(process.platform === 'linux' ? [['/proc/porchlight/data', 'ENOENT'] as const] : [])
    ] as const) {
      const running = start({ PORCHLIGHT_DATA: path })
      expect(await running.code).toBe(2)
      expect(running.stderr()).toBe(`porchlight: PORCHLIGHT_DATA is "${path}": expected a folder that can be made and written (${code})\n`)
    }
  })

  it('makes its data folder with all above it, closed to other users', async () => {
    const running = start({ PORCHLIGHT_DATA: join(folder, 'a', 'b', 'data') })
    await running.settled
    expect((await stat(join(folder, 'a', 'b', 'data'))).mode & 0o777).toBe(0o700)
  })

  it('closes its database to other users, also in a folder that is open to them', async () => {
    const data = join(folder, 'open')
    await mkdir(data, { mode: 0o755 })
    const running = start({ PORCHLIGHT_DATA: data })
    await running.settled
    const found = (await readdir(data)).filter((name) => name.startsWith('porchlight.db'))
    expect(found.sort()).toEqual(['porchlight.db', 'porchlight.db-shm', 'porchlight.db-wal'])
    for (const name of found) expect((await stat(join(data, name))).mode & 0o777, name).toBe(0o600)
  })

  it('ends with 2 on an address that this machine does not have', async () => {
    const running = start({ HOST: '203.0.113.7', PORCHLIGHT_PUBLIC_URL: 'https://chat.example.com' })
    expect(await running.code).toBe(2)
    expect(running.stderr()).toContain('expected an address of this machine')
  })

  it('ends with 1 when the database is not one', async () => {
    await writeFile(join(folder, 'porchlight.db'), 'this is no database'.repeat(1_000))
    const running = start({ PORCHLIGHT_DATA: folder })
    expect(await running.code).toBe(1)
    expect(running.stderr()).toMatch(/^porchlight: the database at \S+ cannot be read\n$/)
  })

  it('ends with 2 and one sentence when another version made the database', async () => {
    const first = start({})
    await first.settled
    first.stop()
    expect(await first.code).toBe(0)
    const file = new Libsql(join(folder, 'data', 'porchlight.db'))
    file.exec('alter table conversation drop column preview')
    file.close()
    const running = start({})
    expect(await running.code).toBe(2)
    expect(running.stdout()).toBe('')
    expect(running.stderr()).toMatch(
      /^porchlight: the tables of the database at \S+ are not those of this version: start the version that made it, [^\n]+\n$/
    )
  })

  it('ends with 1 when the database turns out to be damaged while it runs', async () => {
    const running = start({})
    await running.settled
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(running.stdout())?.[0]
    const vandal = new Libsql(join(folder, 'data', 'porchlight.db'))
    vandal.exec("pragma writable_schema = on; update sqlite_schema set rootpage = 999999 where name = 'meta'; pragma schema_version = 4711")
    vandal.close()
    expect((await fetch(`${url}/readyz`)).status).toBe(503)
    expect(await running.code).toBe(1)
    expect(running.stderr()).toContain('porchlight: the database takes nothing more: malformed')
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
  })

  it('points out a variable that it does not know', async () => {
    const running = start({ PORCHLIGHT_DATEN: 'secret thing' })
    await running.settled
    expect(running.stderr()).toContain('PORCHLIGHT_DATEN is not a variable of this server')
    expect(running.stderr()).not.toContain('secret thing')
  })
})

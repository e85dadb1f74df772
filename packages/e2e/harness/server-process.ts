import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const main = new URL('../../server/dist/main.js', import.meta.url).pathname

export const owner = { email: 'owner@shop.example', password: 'a quiet porch light', name: 'Olive Owner' }

/** A real server process on a data folder of its own. */
export interface ServerProcess {
  /** Such as `http://127.0.0.1:45123`. */
  readonly url: string
  /** Everything the process has printed. */
  readonly output: () => string
  /** Ends the process without warning, as a power cut would. */
  readonly kill: () => Promise<void>
  /** Starts it again on the same port and data. */
  readonly restart: () => Promise<void>
  /** Ends it and removes its data. */
  readonly stop: () => Promise<void>
}

/** Starts the built server, with the demo site, and resolves when it answers. */
export async function startServer(environment: Record<string, string> = {}): Promise<ServerProcess> {
  const data = await mkdtemp(join(tmpdir(), 'porchlight-e2e-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let output = ''
  let child: ChildProcess

  async function start(): Promise<void> {
    child = spawn(process.execPath, [main], {
      env: {
        PATH: process.env['PATH'] ?? '',
        PORT: String(port),
        PORCHLIGHT_DATA: data,
        PORCHLIGHT_DEMO: '1',
        PORCHLIGHT_OWNER_EMAIL: owner.email,
        PORCHLIGHT_OWNER_PASSWORD: owner.password,
        ...environment
      }
    })
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    await answers(url, child, () => output)
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  await start()
  return {
    url,
    output: () => output,
    kill,
    restart: start,
    async stop() {
      await kill()
      await rm(data, { recursive: true, force: true })
    }
  }
}

/** A port that was free a moment ago; a restarted server must keep its address. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

async function answers(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output()}`)
    const isReady = await fetch(`${url}/readyz`)
      .then((answer) => answer.ok)
      .catch(() => false)
    if (isReady) return
    await new Promise((next) => setTimeout(next, 50))
  }
  throw new Error(`the server did not get ready:\n${output()}`)
}

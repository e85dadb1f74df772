import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningProcess, runProcess } from './run-process.js'

/** The built program. */
export const main: string = new URL('../../server/dist/main.js', import.meta.url).pathname

export const owner = { email: 'owner@shop.example', password: 'a quiet porch light', name: 'Olive Owner' }

/** A real server process on a data folder of its own. */
export interface ServerProcess {
  /** Such as `http://127.0.0.1:45123`. */
  readonly url: string
  readonly port: number
  /** Ends the process without warning, as a power cut would. */
  readonly kill: () => Promise<void>
  /** Starts it again on the same port and data. */
  readonly restart: () => Promise<void>
  /** Ends it and removes its data. */
  readonly stop: () => Promise<void>
}

/** Runs the built server; by itself it takes a free port. */
export function runServer(environment: Record<string, string>): RunningProcess {
  return runProcess(process.execPath, [main], { environment: { PORT: '0', ...environment } })
}

/** Starts the built server, with the demo site, and resolves when it listens. */
export async function startServer(environment: Record<string, string> = {}): Promise<ServerProcess> {
  const data = await mkdtemp(join(tmpdir(), 'porchlight-e2e-'))
  const port = await freePort()
  let running: RunningProcess

  async function start(): Promise<void> {
    running = runServer({
      PORT: String(port),
      PORCHLIGHT_DATA: data,
      PORCHLIGHT_DEMO: '1',
      PORCHLIGHT_OWNER_EMAIL: owner.email,
      PORCHLIGHT_OWNER_PASSWORD: owner.password,
      ...environment
    })
    await running.printed(/Porchlight is on at/)
  }

  async function kill(): Promise<void> {
    running.kill('SIGKILL')
    await running.ended
  }

  await start()
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    kill,
    restart: start,
    async stop() {
      await kill()
      await rm(data, { recursive: true, force: true })
    }
  }
}

/** A port that was free a moment ago; a restarted server must keep its address. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

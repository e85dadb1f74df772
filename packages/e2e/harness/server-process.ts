import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
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
  /** Where its data are. */
  readonly data: string
  /** Cookies, as `name=value`, of sign-ins of the owner that nobody has taken yet. */
  readonly sessions: string[]
  /** The process that runs now. */
  readonly running: () => RunningProcess
  /** Starts it again on the same port and data. */
  readonly restart: (options?: ServerRunOptions) => Promise<void>
  /** Ends it and removes its data. */
  readonly stop: () => Promise<void>
}

/** What a run of the server has besides its settings. */
export interface ServerRunOptions {
  /** A module that is loaded before the server. */
  readonly preload?: string
  readonly environment?: Record<string, string>
}

/** Runs the built server; by itself it takes a free port. */
export function runServer(environment: Record<string, string>, { preload }: Pick<ServerRunOptions, 'preload'> = {}): RunningProcess {
  return runProcess(process.execPath, [...(preload === undefined ? [] : ['--import', preload]), main], { environment: { PORT: '0', ...environment } })
}

/** Starts the built server, with the demo site, and resolves when it listens. */
export async function startServer(environment: Record<string, string> = {}, options: ServerRunOptions = {}): Promise<ServerProcess> {
  const data = await mkdtemp(join(tmpdir(), 'porchlight-e2e-'))
  const sessions = await layData(data)
  const port = await freePort()
  let running: RunningProcess

  async function start({ preload, environment: more }: ServerRunOptions = {}): Promise<void> {
    running = runServer(
      {
        PORT: String(port),
        PORCHLIGHT_DATA: data,
        PORCHLIGHT_DEMO: '1',
        PORCHLIGHT_OWNER_EMAIL: owner.email,
        PORCHLIGHT_OWNER_PASSWORD: owner.password,
        ...environment,
        ...more
      },
      preload === undefined ? {} : { preload }
    )
    await running.printed(/Porchlight is on at/)
  }

  async function kill(): Promise<void> {
    running.kill('SIGKILL')
    await running.ended
  }

  await start(options)
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    data,
    sessions,
    running: () => running,
    kill,
    restart: start,
    async stop() {
      await kill()
      await rm(data, { recursive: true, force: true })
    }
  }
}

/** What the run has prepared, if it has: data of an owner who has signed in. Answers the cookies. */
async function layData(data: string): Promise<string[]> {
  const prepared = process.env['PORCHLIGHT_TEST_DATA']
  if (prepared === undefined) return []
  await cp(join(prepared, 'data'), data, { recursive: true })
  return JSON.parse(await readFile(join(prepared, 'sessions.json'), 'utf8'))
}

/**
 * A port that was free a moment ago; a restarted server must keep its address. It lies below those that systems give to clients (from 32768 on Linux): while the
 * server is down, one of them would take it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000)
    if (await isFree(port)) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1')
  try {
    await once(probe, 'listening')
  } catch {
    return false
  }
  probe.close()
  await once(probe, 'close')
  return true
}

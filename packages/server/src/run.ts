import { isChatError } from '@porchlight/protocol'
import type { DestinationStream } from 'pino'
import type { Environment } from './config/variables.js'
import { readConfig } from './config.js'
import { createServer, type Server, type ServerAddress } from './create-server.js'
import type { ServerOptions } from './server-options.js'

/** What a start takes from its process. */
export interface RunOptions {
  readonly env: Environment
  /** For people: addresses and the set-up link. */
  readonly stdout: DestinationStream
  /** Faults, then one JSON line for each thing that happens. */
  readonly stderr: DestinationStream
  /** Calls back when the process is asked to stop. */
  readonly onStop: (callback: () => void) => void
  /** Options beyond the environment. */
  readonly options?: Partial<ServerOptions>
}

/** 0: asked to stop. 1: a fault. 2: the configuration is wrong. */
export type ExitCode = 0 | 1 | 2

/** Runs a server from its environment until it is asked to stop; resolves to the exit code. */
export async function run({ env, stdout, stderr, onStop, options }: RunOptions): Promise<ExitCode> {
  const config = readConfig(env)
  if (!config.isGood) {
    for (const fault of config.faults) stderr.write(`porchlight: ${fault}\n`)
    return 2
  }
  for (const name of config.unknownNames) stderr.write(`porchlight: ${name} is not a variable of this server; it was ignored\n`)

  const complete: ServerOptions = { ...config.options, log: stderr, ...options }
  const started = await start(complete).catch((error: unknown) => startFault(error, complete))
  if ('sentence' in started) {
    stderr.write(`porchlight: ${started.sentence}\n`)
    return started.code
  }
  // Before the greeting: whoever reads it may ask to stop at once.
  const stopped = new Promise<null>((resolve) => onStop(() => resolve(null)))
  stdout.write(greeting(started, complete))
  const fault = await Promise.race([stopped, started.server.failed])
  if (fault !== null) stderr.write(`porchlight: the database takes nothing more: ${fault.message}\n`)
  await started.server.close()
  return fault === null ? 0 : 1
}

interface Started {
  readonly server: Server
  readonly address: ServerAddress
}

async function start(options: ServerOptions): Promise<Started> {
  const server = await createServer(options)
  try {
    return { server, address: await server.listen() }
  } catch (error) {
    await server.close()
    throw error
  }
}

interface StartFault {
  readonly code: ExitCode
  readonly sentence: string
}

const listenFaults: Readonly<Record<string, string>> = {
  EADDRINUSE: 'expected a port that nothing else uses',
  EACCES: 'expected a port that this user may open',
  EADDRNOTAVAIL: 'expected an address of this machine',
  ENOTFOUND: 'expected an address of this machine',
  EAI_AGAIN: 'expected an address of this machine'
}

function startFault(error: unknown, { host, port }: ServerOptions): StartFault {
  if (isChatError(error)) return { code: error.code === 'invalid' ? 2 : 1, sentence: error.message }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const expectation = listenFaults[code]
  if (expectation !== undefined) return { code: 2, sentence: `HOST is "${host}" and PORT is "${port}": ${expectation} (${code})` }
  return { code: 1, sentence: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

function greeting({ server, address }: Started, { isDemo }: ServerOptions): string {
  const lines = [`Porchlight is on at ${address.url}`]
  if (isDemo) lines.push(`  shop page  ${address.url}/`)
  lines.push(`  console    ${address.url}/console`)
  // In the fragment, so that it reaches no log, no proxy and no Referer.
  if (server.setupToken !== null) lines.push(`  first owner, once: ${address.url}/console#setup=${server.setupToken}`)
  return `${lines.join('\n')}\n`
}

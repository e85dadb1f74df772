import { type Connection, createConnection, type Log } from '@porchlight/core'
import { createMemoryDisk, type MemoryDisk, type MemoryEnv, memoryEnv } from '@porchlight/core/testing'
import type { MemoryOperator } from '../../src/memory/memory-adapter.js'
import { createFaultyLink, type FaultyLink, recordGenerations, recordLog } from '../../src/testing/index.js'
import { keyOf } from './keys.js'
import { noteWaking, type Surroundings, seededBytes } from './page.js'

/** One operator's open console. */
export interface Console {
  readonly name: string
  readonly operator: MemoryOperator
  readonly disk: MemoryDisk
  readonly tab: MemoryDisk
  readonly env: MemoryEnv
  readonly connection: Connection
  readonly link: FaultyLink
  /** Follows every log that the server has, as a list of conversations would. */
  readonly look: () => void
  readonly log: (c: string) => Log
  /** What it has followed. */
  readonly logs: () => readonly string[]
  readonly unkept: Set<string>
  readonly kill: () => void
}

/** Opens a console. */
export function createConsole(
  world: Surroundings,
  options: {
    readonly name: string
    readonly operator: MemoryOperator
    readonly disk?: MemoryDisk | undefined
    readonly tab?: MemoryDisk | undefined
    readonly logs?: () => readonly string[]
  }
): Console {
  const { clock, history, server, random } = world
  const { name, operator, disk = createMemoryDisk(), tab = createMemoryDisk() } = options
  const env = memoryEnv({ clock, disk, tab, storageDelayMs: 3, random: seededBytes(random) })
  const link = createFaultyLink({ adapter: server.door(name, operator), random, setTimer: clock.setTimer, conditions: world.conditions() })
  history.record(name, { type: 'joined', role: 'operator', device: operator.you.id })
  const client = `${name} core`
  env.onWake(() => noteWaking(history, client))
  const connection = createConnection({ adapter: recordGenerations(link.adapter, { history, party: client }), env })
  const stops = new Map<string, () => void>()
  const log = (c: string) => {
    const made = connection.log(c)
    if (!stops.has(c)) stops.set(c, recordLog(made, { history, party: name, keyOf, you: connection.$you.get }))
    return made
  }
  connection.connect()
  for (const c of options.logs?.() ?? []) log(c)
  return {
    name,
    operator,
    disk,
    tab,
    env,
    connection,
    link,
    look: () => {
      for (const { c } of server.backend.logs()) log(c)
    },
    log,
    logs: () => [...stops.keys()],
    unkept: new Set(),
    kill: () => {
      history.record(name, { type: 'gone' })
      for (const stop of stops.values()) stop()
      env.kill()
      // What was on its way may arrive, or not.
      if (random() < 0.5) link.cut()
      connection.destroy()
    }
  }
}

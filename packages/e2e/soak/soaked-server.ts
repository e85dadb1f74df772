import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Violation } from '@porchlight/adapters/testing'
import { databaseFaults } from '../faults/database-faults.js'
import { pause } from '../faults/layer.js'
import { signIn } from '../faults/owner-session.js'
import { roomyLimits } from '../faults/roomy-limits.js'
import { chance } from '../harness/seed.js'
import { owner, startServer } from '../harness/server-process.js'
import type { MemorySample } from './memory-slope.js'

const slowDisk = new URL('../harness/tamper-with-commits.mjs', import.meta.url).href
const reportMemory = new URL('./report-memory.mjs', import.meta.url).href

/** A built server that things happen to. */
export interface SoakedServer {
  readonly port: number
  /** Does what follows from the number, unless the last thing still goes on. Answers its name. */
  readonly strike: (number: number) => string | undefined
  /** Resolves when nothing goes on any more. */
  readonly mended: () => Promise<void>
  /** What all its threads held together. */
  readonly memory: () => Promise<readonly MemorySample[]>
  /** Ends it and looks at what it has stored. */
  readonly judge: () => Promise<readonly Violation[]>
  /** Ends it and removes its data. */
  readonly stop: () => Promise<void>
}

/** Starts one; where `isMortal`, it is also killed and asked to stop, and comes back. */
export async function startSoakedServer({ isMortal, speed }: { readonly isMortal: boolean; readonly speed: number }): Promise<SoakedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-soak-'))
  const [hold, memoryFile] = [join(folder, 'hold'), join(folder, 'memory.jsonl')]
  await writeFile(memoryFile, '')
  const server = await startServer({
    PORCHLIGHT_LIMITS: JSON.stringify(roomyLimits),
    TAMPER: folder,
    MEMORY_FILE: memoryFile,
    NODE_OPTIONS: `--import ${slowDisk} --import ${reportMemory}`
  })
  const { call } = await signIn(server.url, owner)
  await call('PUT', '/api/me/presence', { available: true })
  const forAWhile = (draw: (end: number) => number, longestMs: number) => pause((300 + draw(longestMs)) / speed)
  let underWay: Promise<void> | undefined

  const faults: Readonly<Record<string, (draw: (end: number) => number) => Promise<void>>> = {
    'the server stands still': async (draw) => {
      server.running().kill('SIGSTOP')
      await forAWhile(draw, 10_000)
      server.running().kill('SIGCONT')
    },
    'the disk is slow': async (draw) => {
      await writeFile(hold, '')
      await forAWhile(draw, 4_000)
      await rm(hold)
    },
    ...(isMortal && {
      'the server is killed': async (draw) => {
        await server.kill()
        await forAWhile(draw, 3_000)
        await server.restart()
      },
      'the server is asked to stop': async () => {
        server.running().kill('SIGTERM')
        await server.running().ended
        await server.restart()
      }
    })
  }

  return {
    port: server.port,
    strike: (number) => {
      if (underWay) return undefined
      const draw = chance(number)
      const [name, fault] = Object.entries(faults)[draw(Object.keys(faults).length)] as [string, (typeof faults)[string]]
      underWay = fault(draw).then(() => {
        underWay = undefined
      })
      // Whoever waits for the end of it hears of it.
      underWay.catch(() => undefined)
      return name
    },
    mended: async () => underWay,
    memory: async () => totalsOf(await readFile(memoryFile, 'utf8')),
    judge: async () => {
      await server.kill()
      return databaseFaults(server.data)
    },
    stop: async () => {
      // One that stands still or comes back would be left behind.
      await underWay?.catch(() => undefined)
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** Each thread writes lines of its own: a sample is what the first held, and the others held last. */
function totalsOf(lines: string): readonly MemorySample[] {
  const held = new Map<number, number>()
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const { at, thread, bytes } = JSON.parse(line) as MemorySample & { readonly thread: number }
      held.set(thread, bytes)
      return thread === 0 ? [{ at, bytes: [...held.values()].reduce((sum, each) => sum + each, 0) }] : []
    })
}

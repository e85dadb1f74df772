import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Violation } from '@porchlight/adapters/testing'
import { pause } from '../faults/layer.js'
import { chance } from '../harness/seed.js'
import { owner } from '../harness/server-process.js'
import { type MemorySample, type MemorySlope, memorySlope } from './memory-slope.js'
import { type SoakedServer, startSoakedServer } from './soaked-server.js'
import { type RemoteCrowd, startCrowd } from './start-crowd.js'

/** What is asked of a soak. */
export interface SoakOptions {
  /** How long faults go on, on the clients' clock. */
  readonly minutes: number
  readonly seed: number
  readonly clients: number
  /** How fast the clients' clock runs; 1 but in a test of the soak itself. */
  readonly speed: number
  /** `crowd-process` as one file of plain JavaScript. */
  readonly crowdFile: string
  readonly print: (line: string) => void
}

/** What came of it. */
export interface SoakResult {
  readonly faults: number
  readonly messages: number
  readonly violations: readonly Violation[]
  /** By what was measured; without those whose run was too short to say. */
  readonly slopes: Readonly<Record<string, MemorySlope>>
}

const faultEveryMs = 5_000
/** One server lives through the whole run, and its memory is measured; the other one is killed again and again. */
const servers = [
  { name: 'steady', isMortal: false },
  { name: 'mortal', isMortal: true }
]

interface Place {
  readonly name: string
  readonly server: SoakedServer
  readonly crowd: RemoteCrowd
}

/** Real clients and servers under a fault every five seconds; then everything must be in order 35 s after the last one. */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-soak-'))
  const places: Place[] = []
  let isKept = false
  try {
    const startedAt = Date.now()
    for (const [index, kind] of servers.entries()) places.push(await openPlace(options, { ...kind, index, folder }))
    const faults = await strikeAll(places, options)
    const endedAt = Date.now()
    const { memory, ...found } = await judge(places)
    const slopes = slopesOf(memory, startedAt, endedAt)
    const hasGrown = Object.values(slopes).some(({ percentPerHour, maxPercentPerHour }) => percentPerHour > maxPercentPerHour)
    isKept = found.violations.length > 0 || hasGrown
    if (hasGrown) await writeFile(join(folder, 'memory.json'), JSON.stringify({ startedAt, endedAt, ...memory }))
    if (isKept) options.print(`what was seen is kept in ${folder}`)
    return { faults, ...found, slopes }
  } finally {
    await Promise.all(places.map(({ crowd }) => crowd.close()))
    await Promise.all(places.map(({ server }) => server.stop()))
    if (!isKept) await rm(folder, { recursive: true, force: true })
  }
}

async function openPlace(
  { clients, seed, speed, crowdFile }: SoakOptions,
  { name, isMortal, index, folder }: (typeof servers)[number] & { readonly index: number; readonly folder: string }
): Promise<Place> {
  const server = await startSoakedServer({ isMortal, speed })
  const size = Math.max(1, Math.round(clients / servers.length))
  try {
    const crowd = await startCrowd(crowdFile, { name, port: server.port, owner, size, seed: seed + index, speed, folder })
    return { name, server, crowd }
  } catch (error) {
    await server.stop()
    throw error
  }
}

type Memory = Readonly<Record<string, readonly MemorySample[]>>

/** Waits until everything is in order again, and looks at all that anybody saw, at what is stored, and at memory. */
async function judge(places: readonly Place[]): Promise<Omit<SoakResult, 'faults' | 'slopes'> & { readonly memory: Memory }> {
  await Promise.all(places.map(({ server }) => server.mended()))
  await Promise.all(places.map(({ crowd }) => crowd.settle()))
  const reports = await Promise.all(places.map(({ crowd }) => crowd.judge()))
  const stored = await Promise.all(places.map(({ server }) => server.judge()))
  return {
    messages: reports.reduce((sum, { messages }) => sum + messages, 0),
    violations: [...reports.flatMap(({ violations }) => violations), ...stored.flat()],
    memory: {
      'the server': (await places[0]?.server.memory()) ?? [],
      ...Object.fromEntries(places.map(({ name }, index) => [`the clients of the ${name} one`, reports[index]?.samples ?? []]))
    }
  }
}

function slopesOf(memory: Memory, startedAt: number, endedAt: number): Readonly<Record<string, MemorySlope>> {
  const slopes = Object.entries(memory).flatMap(([name, samples]) => {
    const slope = memorySlope(samples, startedAt, endedAt)
    return slope ? [[name, slope] as const] : []
  })
  return Object.fromEntries(slopes)
}

/** Something happens every five seconds, to a server or to those who use it. */
async function strikeAll(places: readonly Place[], { minutes, seed, speed, print }: SoakOptions): Promise<number> {
  const draw = chance(seed)
  const end = performance.now() + (minutes * 60_000) / speed
  let faults = 0
  while (performance.now() < end) {
    await pause(faultEveryMs / speed)
    const { name, server, crowd } = places[draw(places.length)] as Place
    const [isOfServer, number] = [draw(4) === 0, draw(2 ** 31)]
    const what = (isOfServer && server.strike(number)) || (await crowd.strike(number))
    print(`${++faults} ${name}: ${what}`)
  }
  return faults
}

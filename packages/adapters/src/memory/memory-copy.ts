import type { Participant } from '@porchlight/protocol'
import type { MemoryRequest } from './backend.js'
import type { MemoryLog, MemoryLogCopy } from './memory-log.js'

/** What a backend keeps. */
export interface MemoryTables {
  readonly logs: Map<string, MemoryLog>
  readonly opened: Map<string, MemoryLog>
  readonly visitors: Map<string, Participant>
  readonly requests: Map<string, MemoryRequest>
}

/** Everything that a backend held at one moment. */
export interface MemoryCopy {
  readonly logs: ReadonlyMap<string, { readonly log: MemoryLog; readonly copied: MemoryLogCopy }>
  readonly opened: ReadonlyMap<string, MemoryLog>
  readonly visitors: ReadonlyMap<string, Participant>
  readonly requests: ReadonlyMap<string, MemoryRequest>
}

/** A copy that no later change touches. */
export function copyTables({ logs, opened, visitors, requests }: MemoryTables): MemoryCopy {
  return {
    logs: new Map([...logs].map(([c, log]) => [c, { log, copied: log.copy() }])),
    opened: new Map(opened),
    visitors: new Map(visitors),
    requests: new Map(requests)
  }
}

/** Makes the tables what a copy says; each log that is left stands under `epoch`. */
export function restoreTables(tables: MemoryTables, copy: MemoryCopy, epoch: string): void {
  refill(tables.logs, new Map([...copy.logs].map(([c, { log }]) => [c, log])))
  for (const { log, copied } of copy.logs.values()) log.restore(copied, epoch)
  refill(tables.opened, copy.opened)
  refill(tables.visitors, copy.visitors)
  refill(tables.requests, copy.requests)
}

function refill<K, V>(map: Map<K, V>, from: ReadonlyMap<K, V>): void {
  map.clear()
  for (const [key, value] of from) map.set(key, value)
}

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Db } from './store/database.js'
import type { Hub } from './wire/hub.types.js'

/** What the server counts about itself: numbers only, no name, no id, no site. */
export interface Metrics {
  /** The database, with every write timed. */
  readonly timed: (db: Db) => Db
  readonly watchConnections: (hub: Hub) => void
  readonly observeRequest: (request: {
    readonly method: string
    readonly route: string
    readonly status: number
    readonly durationMs: number
  }) => void
  /** Prometheus text format, version 0.0.4. */
  readonly text: () => Promise<string>
  readonly contentType: string
  readonly close: () => void
}

const bucketsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Metrics in a registry of their own, so that several servers fit into one process. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Histogram({
    name: 'porchlight_http_request_duration_seconds',
    help: 'From a request to the end of its answer, by route pattern.',
    labelNames: ['method', 'route', 'status'],
    buckets: bucketsSeconds,
    registers
  })
  const writes = new Histogram({
    name: 'porchlight_store_write_duration_seconds',
    help: 'From asking for a write to its commit on disk: what an ack waits for.',
    buckets: bucketsSeconds,
    registers
  })
  const events = new Counter({ name: 'porchlight_events_stored_total', help: 'Events committed, by kind of log.', labelNames: ['log'], registers })
  const eventLoop = watchProcess(registers)

  return {
    timed(db) {
      db.onCommit((stored) => {
        for (const { c } of stored) events.inc({ log: c.startsWith('inbox:') ? 'inbox' : 'conversation' })
      })
      return { ...db, write: (name, input, nowMs) => timeWrite(writes, () => db.write(name, input, nowMs)) }
    },
    watchConnections: (hub) => watchHub(registers, hub),
    observeRequest: ({ method, route, status, durationMs }) => requests.observe({ method, route, status }, durationMs / 1000),
    text: () => registry.metrics(),
    contentType: registry.contentType,
    close: () => void eventLoop.disable()
  }
}

function watchHub(registers: Registry[], hub: Hub): void {
  const gauge = new Gauge({
    name: 'porchlight_connections',
    help: 'Open connections, by who holds them.',
    labelNames: ['kind'],
    registers,
    collect() {
      const { visitors, operators } = hub.count()
      gauge.set({ kind: 'visitor' }, visitors)
      gauge.set({ kind: 'operator' }, operators)
    }
  })
}

async function timeWrite<T>(histogram: Histogram, write: () => Promise<T>): Promise<T> {
  const stop = histogram.startTimer()
  try {
    return await write()
  } finally {
    stop()
  }
}

/** Memory and how late the event loop runs, under the names that dashboards for Node know. */
function watchProcess(registers: Registry[]): { readonly disable: () => boolean } {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  const memory: Gauge = new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory.',
    registers,
    collect: () => memory.set(process.memoryUsage.rss())
  })
  const lag: Gauge = new Gauge({
    name: 'nodejs_eventloop_lag_p99_seconds',
    help: 'How late timers ran since the last look, 99th percentile.',
    registers,
    collect() {
      lag.set(Number.isNaN(delay.mean) ? 0 : delay.percentile(99) / 1e9)
      delay.reset()
    }
  })
  return delay
}

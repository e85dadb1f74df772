import type { RateTable } from './limits.types.js'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** What a server allows when nothing else is said. */
export const defaultRates: RateTable = {
  hellos: { count: 1_500, perMs: 1_000 },
  connectionsPerAddress: { count: 240, perMs: 10_000 },
  visitorsPerAddress: { count: 60, perMs: hourMs },
  framesPerConnection: { count: 200, perMs: 10_000 },
  messageBurst: { count: 5, perMs: 5_000 },
  messagesPerVisitor: { count: 60, perMs: 10 * minuteMs },
  messagesPerAddress: { count: 120, perMs: minuteMs },
  messagesPerSite: { count: 600, perMs: minuteMs },
  typing: { count: 3, perMs: 6_000 },
  cursors: { count: 15, perMs: 10_000 },
  pagesPerVisitor: { count: 60, perMs: 10_000 },
  pagesPerAddress: { count: 240, perMs: 10_000 },
  conversationsPerVisitor: { count: 6, perMs: hourMs },
  conversationsPerAddress: { count: 30, perMs: hourMs },
  requestsPerAddress: { count: 20, perMs: hourMs },
  requestsPerSite: { count: 100, perMs: hourMs },
  requestsRefusedPerAddress: { count: 100, perMs: hourMs }
}

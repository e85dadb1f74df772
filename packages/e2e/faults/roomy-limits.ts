import type { RateOverrides } from '@porchlight/server'

/** Rates that no run meets. */
export const roomyLimits: RateOverrides = Object.fromEntries(
  [
    'connectionsPerAddress',
    'visitorsPerAddress',
    'framesPerConnection',
    'messageBurst',
    'messagesPerVisitor',
    'messagesPerSite',
    'conversationsPerVisitor',
    'conversationsPerAddress',
    'requestsPerAddress',
    'requestsPerSite',
    'typing',
    'cursors',
    'pagesPerVisitor'
  ].map((name) => [name, { count: 100_000, perMs: 1_000 }])
)

// The judge is judged on the server, too: each promise is broken once in a copy of its sources, and what runs against real sockets must see it.
import { describe, expect, it } from 'vitest'
import { withSources } from './with-sources.mjs'

const homes = { file: 'packages/e2e/faults/homes-layer.ts', name: 'runHomesLayer' }
const strangers = { file: 'packages/e2e/faults/strangers-layer.ts', name: 'runStrangersLayer' }
/** Each takes some seconds: always made are the quick ones and that of the promise which no simulated server holds; all of them in the full run. */
const isLong = process.env['PORCHLIGHT_TEST_FULL'] === '1'
/** Most runs of one copy. Mostly the first finds it; on a busy machine another promise that broke with it may be seen first some times. */
const runs = 10
const seed = 7

/**
 * @typedef {{ invariant: string, does: string, layer: { file: string, name: string }, file: string, text: string, by: string, isLong?: boolean }} Fault
 * @type {readonly Fault[]}
 */
const faults = [
  {
    invariant: 'I8',
    does: 'a lease is as long as the time between two signs of life',
    layer: homes,
    file: 'presence/leases.ts',
    text: "expiresAt: clock.now() + durations.leaseMs }\n      hold(lease)\n      onChange(lease, 'renewed')",
    by: "expiresAt: clock.now() + 10_000 }\n      hold(lease)\n      onChange(lease, 'renewed')"
  },
  {
    invariant: 'I8',
    does: 'whoever reloads is gone for a moment',
    layer: homes,
    file: 'presence/leases.ts',
    text: "how === 'left' ? durations.leftGraceMs : durations.lostGraceMs",
    by: '200',
    isLong: true
  },
  {
    invariant: 'I8',
    does: 'a dead connection keeps its lease',
    layer: homes,
    file: 'wire/greet.ts',
    text: "onDead: () => life.finish('abnormal', 'lost')",
    by: 'onDead: () => context.presence.renew(speaker.conn)',
    isLong: true
  },
  {
    invariant: 'I9',
    does: 'who wants chats is home, with a lease or without',
    layer: homes,
    file: 'presence/presence.ts',
    text: 'mergeByOperator(leases.ofSite(site), isAvailable).filter(({ id }) => shown.isShown(site, id))',
    by: '[...intents].map(([id, isWanting]) => ({ id, name: id, isAvailable: isWanting, isSuspect: false }))',
    isLong: true
  },
  {
    invariant: 'I10',
    does: 'a reader who takes nothing is sent everything',
    layer: strangers,
    file: 'wire/outlet.ts',
    text: 'if (transport.unreadBytes() <= limits.sendQueueHardBytes) return false',
    by: 'if (transport.unreadBytes() >= 0) return false'
  },
  {
    invariant: 'I12',
    does: 'what a page names is replayed to it',
    layer: strangers,
    file: 'chat/read.ts',
    text: 'const head = await findHead(site, { db, subject, c })\n      if',
    by: "const head = await findHead(site, { db, subject: { kind: 'operator', site, id: 'op', name: '', role: 'agent' }, c })\n      if"
  },
  {
    invariant: 'I13',
    does: 'the end of an old connection ends the presence of the new one',
    layer: homes,
    file: 'presence/leases.ts',
    text: 'held.delete(conn)',
    by: 'for (const [other, { lease }] of held) if (lease.operator.id === found.lease.operator.id) held.delete(other)',
    isLong: true
  }
]

/**
 * What of the promises a few runs see broken, until it is `invariant`: a run ends with the first, which may be another one that broke with it.
 * @param {(options: { seed: number, runs: number }) => Promise<{ violations: readonly { invariant: string }[] }>} run @param {string} invariant
 */
async function brokenBy(run, invariant) {
  const found = new Set()
  for (let count = 0; count < runs && !found.has(invariant); count++) {
    for (const violation of (await run({ seed: seed + count, runs: 1 })).violations) found.add(violation.invariant)
  }
  return found
}

describe('runs against a real server find, in a copy of it', () => {
  it.each(faults.filter(({ isLong: needsLong = false }) => isLong || !needsLong))(
    '$invariant: $does',
    async ({ invariant, layer, file, text, by }) => {
      const found = await withSources(layer.file, (module) => brokenBy(module[layer.name], invariant), [{ file, text, by }])
      expect([...found]).toContain(invariant)
    },
    120_000
  )
})

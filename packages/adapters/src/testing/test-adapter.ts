import type { Session } from '@porchlight/core'
import { brokenLinkCases } from './cases/broken-links.js'
import { brokenTrustCases } from './cases/broken-trust.js'
import { departmentCases } from './cases/departments.js'
import { historyCases } from './cases/history.js'
import { lifecycleCases } from './cases/lifecycle.js'
import { realtimeCases } from './cases/realtime.js'
import { requestCases } from './cases/requests.js'
import { secretCases } from './cases/secrets.js'
import { sendingCases } from './cases/sending.js'
import type { AdapterHarness, ConformanceCase, Need } from './harness.js'
import { type Joined, join } from './join.js'

/** Every fact that an adapter keeps, as data: run them with {@link testAdapter}, or one by one with {@link runCase}. */
export const adapterCases: readonly ConformanceCase[] = [
  ...sendingCases,
  ...historyCases,
  ...realtimeCases,
  ...lifecycleCases,
  ...requestCases,
  ...departmentCases,
  ...secretCases,
  ...brokenLinkCases,
  ...brokenTrustCases
]

/** What the suite needs of a runner: `describe` and `it` of Vitest, of `node:test`, or of your own. */
export interface Runner {
  readonly describe: (name: string, body: () => void) => unknown
  readonly it: (name: string, body: (context: { readonly skip?: (reason?: string) => unknown }) => Promise<void>) => unknown
}

/** What became of a case. */
export type CaseResult = { readonly outcome: 'passed' } | { readonly outcome: 'skipped'; readonly reason: string }

/** Options of {@link testAdapter}. */
export interface TestAdapterOptions {
  /** Cases that this adapter cannot keep, by name, each with its reason; shown in the report. A name that does not exist fails. */
  readonly skip?: Readonly<Record<string, string>> | undefined
}

/**
 * Runs the conformance suite against an adapter. A fresh harness is made for each case. A case whose needs the session does not
 * meet is skipped and says so.
 *
 * @example
 * ```ts
 * import { testAdapter } from '@porchlight/adapters/testing'
 * import { createMemoryBackend, memoryAdapter } from '@porchlight/adapters/memory'
 * import { describe, it } from 'node:test'
 *
 * testAdapter({ describe, it }, 'memory', async () => {
 *   const backend = createMemoryBackend()
 *   const ben = backend.operator({ name: 'Ben' })
 *   return {
 *     createAdapter: () => memoryAdapter({ backend }),
 *     operator: {
 *       reply: async (c, text) => ben.reply(c, text),
 *       texts: async (c) => ben.messages(c).flatMap(({ k, body }) => (k === 'text' ? [String(body['text'])] : []))
 *     },
 *     cut: backend.cut,
 *     restore: backend.restore
 *   }
 * })
 * ```
 */
export function testAdapter(runner: Runner, name: string, createHarness: () => Promise<AdapterHarness>, options: TestAdapterOptions = {}): void {
  const skipped = options.skip ?? {}
  runner.describe(`${name} adapter`, () => {
    runner.it('skips only cases that exist', async () => {
      const unknown = Object.keys(skipped).filter((title) => !adapterCases.some((known) => known.name === title))
      if (unknown.length > 0) throw new Error(`no such case: ${unknown.join(', ')}`)
    })
    for (const conformanceCase of adapterCases) {
      runner.it(conformanceCase.name, async (context) => {
        const reason = skipped[conformanceCase.name]
        const result: CaseResult = reason === undefined ? await runCase(conformanceCase, createHarness) : { outcome: 'skipped', reason }
        if (result.outcome === 'skipped') context.skip?.(result.reason)
      })
    }
  })
}

/**
 * Runs one case on a fresh harness, without any runner: in a browser, or in a program. Rejects with what does not hold.
 *
 * @example
 * ```ts
 * import { type AdapterHarness, adapterCases, runCase } from '@porchlight/adapters/testing'
 *
 * export async function report(createHarness: () => Promise<AdapterHarness>): Promise<void> {
 *   for (const conformanceCase of adapterCases) {
 *     const { outcome } = await runCase(conformanceCase, createHarness)
 *     console.log(outcome, conformanceCase.name)
 *   }
 * }
 * ```
 */
export async function runCase(conformanceCase: ConformanceCase, createHarness: () => Promise<AdapterHarness>): Promise<CaseResult> {
  const harness = await createHarness()
  const all: Joined[] = []
  try {
    const missing = await missingOf(harness, conformanceCase.needs ?? [])
    if (missing.length > 0) return { outcome: 'skipped', reason: `needs ${missing.join(', ')}` }
    await conformanceCase.run({
      harness,
      join: async (options) => {
        const joined = await join(harness.createAdapter(), options)
        all.push(joined)
        return joined
      }
    })
    return { outcome: 'passed' }
  } finally {
    for (const joined of all) joined.leave()
    await harness.stop?.()
  }
}

async function missingOf(harness: AdapterHarness, needs: readonly Need[]): Promise<readonly Need[]> {
  if (needs.length === 0) return []
  const adapter = harness.createAdapter()
  const { session, leave } = await join(adapter)
  leave()
  return needs.filter((need) => (need === 'light' || need === 'revoke' ? !adapter[need] : !meets(need, session, harness)))
}

function meets(need: Exclude<Need, 'light' | 'revoke'>, session: Session, { cut, emptyDepartment, operator }: AdapterHarness): boolean {
  const { availability, caps, order, open, probe, receipt, reconcile, request, typing } = session
  const met: Readonly<Record<typeof need, boolean>> = {
    idempotentSend: caps.idempotentSend,
    reconcile: reconcile !== undefined,
    dense: order === 'dense',
    history: caps.history,
    typingIn: caps.typingIn && operator.typing !== undefined,
    typingOut: caps.typingOut && typing !== undefined && operator.typists !== undefined,
    receiptsIn: caps.receiptsIn && operator.read !== undefined,
    receiptsOut: caps.receiptsOut && receipt !== undefined && operator.seen !== undefined,
    availability: availability !== undefined && operator.available !== undefined,
    presence: caps.presence === 'push' && operator.available !== undefined,
    department: emptyDepartment !== undefined,
    requests: caps.requests !== 'none' && request !== undefined,
    open: open !== undefined,
    probe: probe !== undefined,
    cut: cut !== undefined
  }
  return met[need]
}

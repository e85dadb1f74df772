import { describe, expect, it } from 'vitest'
import { type AdapterHarness, adapterCases, type ConformanceCase, runCase, testAdapter } from '../src/testing/index.js'
import { departmentFaults } from './department-faults.js'
import { faults as otherFaults } from './faults.js'
import { memoryHarness } from './memory-harness.js'
import type { Spoil } from './spoil.js'

const faults = [...otherFaults, ...departmentFaults]

/** A backend on which `conformanceCase` is not skipped, behind an adapter that `spoil` has changed. */
async function harness({ needs = [] }: ConformanceCase, spoil: Spoil): Promise<AdapterHarness> {
  const made = await memoryHarness(needs.includes('reconcile') ? { order: 'cursor', idempotentSend: false } : {})
  return { ...made, createAdapter: () => spoil(made.createAdapter()) }
}

/** The memory adapter, which pushes who is home, as one that is asked. */
const asked: Spoil = (adapter) => ({
  ...adapter,
  connect: async (context) => ({ ...(await adapter.connect(context)), availability: () => adapter.light!(context.signal) })
})

describe('the conformance suite', () => {
  it.concurrent.each(faults)(
    'finds an adapter that $does',
    async ({ found, spoil }) => {
      const conformanceCase = adapterCases.find(({ name }) => name === found)!
      await expect(runCase(conformanceCase, () => harness(conformanceCase, asked))).resolves.toEqual({ outcome: 'passed' })
      await expect(runCase(conformanceCase, () => harness(conformanceCase, (adapter) => spoil(asked(adapter))))).rejects.toThrow()
    },
    20_000
  )

  it('has no case that finds nothing', () => {
    const finding = new Set(faults.map(({ found }) => found))
    expect(adapterCases.map(({ name }) => name).filter((name) => !finding.has(name))).toEqual([])
  })

  it('names no case twice', () => {
    const names = adapterCases.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('says why it skips', async () => {
    const [needy] = adapterCases.filter(({ needs }) => needs?.includes('reconcile'))
    expect(await runCase(needy!, () => memoryHarness())).toEqual({ outcome: 'skipped', reason: 'needs reconcile' })
  })

  it('passes on the reason of a skip that was declared, and refuses one for a case that does not exist', async () => {
    const run = async (skip: Record<string, string>) => {
      const skipped: string[] = []
      const faults: unknown[] = []
      const bodies: (() => Promise<void>)[] = []
      const runner = {
        describe: (_: string, body: () => void) => body(),
        it: (_: string, body: (context: { skip: (reason?: string) => void }) => Promise<void>) => {
          bodies.push(() => body({ skip: (reason = '') => void skipped.push(reason) }))
        }
      }
      testAdapter(runner, 'memory', () => memoryHarness(), { skip })
      for (const body of bodies.slice(0, 2)) await body().catch((error: unknown) => faults.push(error))
      return { skipped, faults }
    }
    const known = adapterCases[0]!.name
    expect(await run({ [known]: 'not today' })).toEqual({ skipped: ['not today'], faults: [] })
    expect((await run({ 'no such case': 'x' })).faults).toHaveLength(1)
  })
})

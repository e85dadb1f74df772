import { describe, expect, it } from 'vitest'
import { scenariosIn, scenarioTables } from './scenarios-doc.mjs'

const one = { group: 'Publishing', number: 1, fault: 'a cut', expected: 'one row' }

describe('the table of scenarios', () => {
  it('names the tests whose titles begin with a number', () => {
    const source = `it('T3, T14: no hole', …) ["T61: a point", …] it('T is a letter') it('a test of T9: not at its beginning')`
    expect(scenariosIn(source)).toEqual([3, 14, 61])
  })

  it('links each scenario to what holds it, the cheapest kind first', () => {
    const tests = new Map([[1, new Set(['packages/e2e/tests/a.e2e.ts', 'packages/core/src/b.test.ts'])]])
    expect(scenarioTables([one], tests)).toContain(
      '| T1 | a cut | one row | [simulated](../packages/core/src/b.test.ts), [browser](../packages/e2e/tests/a.e2e.ts) |'
    )
  })

  it('says of a scenario without a test why it has none', () => {
    expect(scenarioTables([{ ...one, missing: 'there is one node' }], new Map())).toContain('*not yet: there is one node*')
  })

  it('is not made while a scenario has no test and no reason, or both, or a test names one that there is not', () => {
    const files = new Set(['packages/core/src/b.test.ts'])
    expect(() => scenarioTables([one], new Map())).toThrow('T1 has no test')
    expect(() => scenarioTables([{ ...one, missing: 'x' }], new Map([[1, files]]))).toThrow('T1 has a test')
    expect(() =>
      scenarioTables(
        [one],
        new Map([
          [1, files],
          [2, files]
        ])
      )
    ).toThrow('T2')
    expect(() => scenarioTables([one], new Map([[1, new Set(['elsewhere/a.test.ts'])]]))).toThrow('elsewhere/a.test.ts')
  })
})

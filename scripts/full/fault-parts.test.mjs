import { expect, it } from 'vitest'
import { readResult, readSoak } from './fault-parts.mjs'

it('a layer is read from its last line; without one, or with a violation, it has failed', () => {
  const line = 'layer=sim seed=7 runs=20 steps=900 violations=0'
  expect(readResult(`something before\n${line}\n`)).toMatchObject({ passed: 20, failed: 0, note: line })
  expect(readResult(line.replace('violations=0', 'violations=2'))).toMatchObject({ passed: 18, failed: 2 })
  expect(readResult('Error: no browser')).toMatchObject({ passed: 0, failed: 1 })
})

it('a soak is read from its last line and its exit code; an error’s words, which may name a path, do not become its note', () => {
  const line = 'soak minutes=10 seed=7 clients=40 faults=120 messages=4000 violations=0 slope=3.00%/h'
  expect(readSoak(`memory …\n${line}\n`, 0)).toMatchObject({ passed: 1, failed: 0, note: line })
  expect(readSoak(line, 1)).toMatchObject({ passed: 0, failed: 1, note: line })
  expect(readSoak('Error: nothing at /somewhere', 1)).toMatchObject({ passed: 0, failed: 1, note: '' })
})

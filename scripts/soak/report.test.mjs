import { expect, it } from 'vitest'
import { report } from './report.mjs'

const soak = {
  minutes: 10,
  seed: 7,
  clients: 40,
  faults: 120,
  messages: 4_000,
  violations: [],
  slopes: { server: { percentPerHour: 3, maxPercentPerHour: 12 } }
}

/** @param {object} [changes] */
function told(changes = {}) {
  const lines = /** @type {string[]} */ ([])
  const code = report({ ...soak, ...changes }, (line) => lines.push(line))
  return { code, last: lines.at(-1), lines }
}

it('a soak in order ends in one line of counts and code 0', () => {
  expect(told()).toMatchObject({ code: 0, last: 'soak minutes=10 seed=7 clients=40 faults=120 messages=4000 violations=0 slope=3.00%/h' })
})

it('a broken promise, memory that grows more than it may, and a run in which nothing happened end with 1', () => {
  const violation = { invariant: 'I2', entry: 3, message: 'twice' }
  expect(told({ violations: [violation] })).toMatchObject({ code: 1, lines: expect.arrayContaining(['I2 at entry 3: twice']) })
  expect(told({ slopes: { server: { percentPerHour: 13, maxPercentPerHour: 12 } } }).code).toBe(1)
  expect(told({ faults: 0 }).code).toBe(1)
  expect(told({ messages: 0 }).code).toBe(1)
})

it('of memory that shrinks nothing is said against; a run too short to say is called unknown', () => {
  expect(told({ slopes: { server: { percentPerHour: -40, maxPercentPerHour: 12 } } })).toMatchObject({
    code: 0,
    last: expect.stringContaining('slope=-40.00%/h')
  })
  expect(told({ slopes: {} })).toMatchObject({ code: 0, last: expect.stringContaining('slope=unknown') })
})

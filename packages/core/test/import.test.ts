import { expect, it } from 'vitest'

it('importing the core leaves one global behind: the epoch that all copies of nanostores on a page share', async () => {
  const before = new Set(Object.getOwnPropertyNames(globalThis))
  await import('../src/index.js')
  const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name))
  expect(added).toEqual(['nanostoresGlobal'])
  expect(Reflect.get(globalThis, 'nanostoresGlobal')).toEqual({ epoch: 0 })
})

it('importing the core’s test tools or the errors leaves none', async () => {
  const before = Object.getOwnPropertyNames(globalThis)
  await import('../src/testing.js')
  await import('@porchlight/protocol')
  expect(Object.getOwnPropertyNames(globalThis)).toEqual(before)
})

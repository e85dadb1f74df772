import { describe, expect, it } from 'vitest'
import { createManualClock } from './manual-clock.js'
import { memoryEnv } from './memory-env.js'
import { createMemoryDisk, type StorageFaults } from './memory-storage.js'

const list = (value: unknown) => (Array.isArray(value) ? value : []) as readonly string[]
const add = (item: string) => (value: unknown) => [...list(value), item]

/** A page whose disk a test fills up. */
function aPage(faults: StorageFaults = {}) {
  const clock = createManualClock()
  const disk = createMemoryDisk()
  const state = { faults }
  const env = memoryEnv({ clock, disk, storageDelayMs: 3, storageFaults: () => state.faults })
  return { clock, disk, state, env, storage: env.storage('x') }
}

describe('T73: a disk that is full', () => {
  it('puts nothing that came later in front of what found room at the second try', async () => {
    const { clock, state, storage } = aPage()
    const first = storage.large.update('list', add('a'))
    await clock.advance(10)
    await first
    void storage.large.update('log:c', () => 'a long history'.repeat(10))
    await clock.advance(10)
    state.faults = { diskMax: 160 }
    const all = ['b', 'c', 'd'].map((item) => storage.large.update('list', add(item)))
    await clock.advance(100)
    expect(await Promise.all(all)).toEqual([
      ['a', 'b'],
      ['a', 'b', 'c'],
      ['a', 'b', 'c', 'd']
    ])
    expect(storage.durability()).toBe('persistent')
  })

  it('takes nothing away from a page that reads in the moment of writing', async () => {
    const { clock, state, storage } = aPage()
    void storage.large.update('list', add('a'))
    await clock.advance(10)
    state.faults = { diskMax: 0 }
    const writing = storage.large.update('list', add('b'))
    await clock.advance(7)
    const reading = storage.large.read('list')
    await clock.advance(10)
    expect(await writing).toEqual(['a', 'b'])
    expect(await reading).toEqual(['a', 'b'])
    const later = storage.large.update('list', add('c'))
    expect(await later).toEqual(['a', 'b', 'c'])
    expect(storage.durability()).toBe('limited')
  })

  it('takes what makes it smaller', async () => {
    const { clock, state, disk, storage } = aPage()
    void storage.large.update('list', () => ['a', 'b'])
    await clock.advance(10)
    state.faults = { diskMax: 0 }
    void storage.large.update('list', () => ['b'])
    await clock.advance(10)
    expect([...disk.values()]).toEqual(['["b"]'])
    expect(storage.durability()).toBe('persistent')
  })
})

describe('storage that is denied', () => {
  it('is one in memory, which dies with the page', async () => {
    const { clock, disk, env, storage } = aPage({ isDenied: true })
    storage.small.write('saved', 1)
    storage.tab.write('draft', 'text')
    const kept = storage.large.update('list', add('a'))
    await clock.advance(100)
    expect(await kept).toEqual(['a'])
    expect([storage.small.read('saved'), storage.tab.read('draft'), storage.durability()]).toEqual([1, 'text', 'memory'])
    expect(disk.size).toBe(0)
    const next = env.reload().storage('x')
    const read = next.large.read('list')
    await clock.advance(100)
    expect([await read, next.small.read('saved')]).toEqual([undefined, undefined])
  })
})

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOutbox } from '../log/outbox.js'
import { browserStorage } from './browser-storage.js'
import type { DeviceStorage } from './env.js'
import type { Database } from './indexed-db.js'
import { memoryEnv } from './memory-env.js'

/** What all tabs of a browser share, on a disk that a test fills up or takes away. */
const disk = { values: new Map<string, unknown>(), isFull: false, isAway: false, last: Promise.resolve() as Promise<unknown> }

/** As IndexedDB does: one after the other, in the order of asking, and never at once. */
function inTurn<T>(work: () => T): Promise<T> {
  const turn = disk.last.then(async () => {
    await new Promise((resolve) => setImmediate(resolve))
    if (disk.isAway) throw new Error('NotFoundError')
    return work()
  })
  disk.last = turn.catch(() => undefined)
  return turn
}

const openDatabase = (): Database => ({
  read: (key) => inTurn(() => disk.values.get(key)),
  update: (key, change) =>
    inTurn(() => {
      const value = change(disk.values.get(key))
      if (disk.isFull) throw new Error('QuotaExceededError')
      disk.values.set(key, value)
      return value
    }),
  clear: () => inTurn(() => undefined),
  remove: () => inTurn(() => disk.values.clear())
})

vi.mock(import('./indexed-db.js'), () => ({ openDatabase: () => openDatabase() }))

/** A page in a tab of that browser; the tab's own storage outlives it. */
function aTab(values = new Map<string, string>()) {
  const area = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key)
  }
  vi.stubGlobal('document', { defaultView: { sessionStorage: area } })
  return { storage: browserStorage('porchlight:x'), kept: () => [...values.values()].join() }
}

/** A change as the outbox makes them: what is there stays, in the order of writing. */
const add = (word: string) => (value: unknown) => [...((value as readonly string[] | undefined) ?? []), word]
const remove = (word: string) => (value: unknown) => ((value as readonly string[] | undefined) ?? []).filter((known) => known !== word)
const onDisk = () => disk.values.get('outbox')

beforeEach(() => Object.assign(disk, { values: new Map(), isFull: false, isAway: false }))
afterEach(() => vi.unstubAllGlobals())

describe('T73: storage of a page whose disk was full', () => {
  it('is as safe as before once there is room again, and what was kept elsewhere is on the disk', async () => {
    const { storage, kept } = aTab()
    await storage.large.update('outbox', add('before'))
    disk.isFull = true
    await storage.large.update('outbox', add('meanwhile'))
    expect([storage.durability(), onDisk()]).toEqual(['limited', ['before']])
    await Promise.all([storage.recover?.(), storage.recover?.()])
    expect(storage.durability()).toBe('limited')
    disk.isFull = false
    await storage.recover?.()
    expect([storage.durability(), onDisk(), kept()]).toEqual(['persistent', ['before', 'meanwhile'], ''])
    expect(await storage.large.update('outbox', add('after'))).toEqual(['before', 'meanwhile', 'after'])
  })

  it('keeps what another tab wrote and took away meanwhile', async () => {
    const one = aTab().storage
    const two = aTab().storage
    await one.large.update('outbox', add('of one'))
    disk.isFull = true
    await one.large.update('outbox', add('of one, later'))
    disk.isFull = false
    await two.large.update('outbox', add('of two'))
    await two.large.update('outbox', remove('of one'))
    await one.recover?.()
    expect(await one.large.read('outbox')).toEqual(['of two', 'of one, later'])
  })

  it('takes away on the disk what was taken away without it', async () => {
    const { storage } = aTab()
    await storage.large.update('outbox', add('sent'))
    disk.isFull = true
    await storage.large.update('outbox', remove('sent'))
    disk.isFull = false
    await storage.recover?.()
    expect(onDisk()).toEqual([])
  })

  it('does each change once, however often and whenever it is asked to recover', async () => {
    const { storage } = aTab()
    disk.isFull = true
    await storage.large.update('outbox', add('one'))
    disk.isFull = false
    const both = [storage.recover?.(), storage.recover?.()]
    const during = storage.large.update('outbox', add('two'))
    await Promise.all([...both, during])
    await storage.recover?.()
    expect(onDisk()).toEqual(['one', 'two'])
    expect(await storage.large.read('outbox')).toEqual(['one', 'two'])
  })

  it('brings everything back where the disk itself was lost', async () => {
    const { storage } = aTab()
    await storage.large.update('outbox', add('before'))
    disk.isAway = true
    await storage.large.update('outbox', add('meanwhile'))
    disk.values.clear()
    disk.isAway = false
    await storage.recover?.()
    expect(onDisk()).toEqual(['before', 'meanwhile'])
  })

  it('does not forget what was changed while an earlier change was still on its way', async () => {
    const { storage } = aTab()
    disk.isAway = true
    const failing = storage.large.read('other')
    const slow = storage.large.update('outbox', add('one'))
    await failing
    disk.isAway = false
    const quick = await storage.large.update('outbox', add('two'))
    expect([quick, await slow]).toEqual([['one', 'two'], ['one']])
    await storage.recover?.()
    expect(onDisk()).toEqual(['one', 'two'])
  })

  it.each([0, 1, 2, 3])('brings nothing back that was forgotten %i turns after it began to', async (turns) => {
    const { storage, kept } = aTab()
    const other = aTab().storage
    disk.isFull = true
    await storage.large.update('outbox', add('forgotten'))
    disk.isFull = false
    const recovering = turns > 0 && storage.recover?.()
    for (let turn = 1; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
    await Promise.all([storage.clear(), recovering])
    await other.large.update('outbox', add('new'))
    await storage.recover?.()
    expect([onDisk(), kept(), storage.durability()]).toEqual([['new'], '', 'persistent'])
    disk.isAway = true
    expect(await storage.large.read('outbox')).toBeUndefined()
  })

  it('takes up, too, what the page before it in its tab found no room for', async () => {
    const area = new Map<string, string>()
    const env = memoryEnv()
    const earlier = createOutbox(env, aTab(area).storage)
    await earlier.load()
    disk.isFull = true
    await earlier.put('c', 'text', { text: 'of the page before' })
    const { storage, kept } = aTab(area)
    const outbox = createOutbox(env, storage)
    await outbox.load()
    await outbox.put('c', 'text', { text: 'of this one' })
    disk.isFull = false
    await storage.recover?.()
    await outbox.reread()
    const texts = ['of the page before', 'of this one']
    expect(outbox.items('c').map(({ body }) => body['text'])).toEqual(texts)
    expect((onDisk() as { readonly items: typeof outbox.all }).items).toMatchObject(texts.map((text, at) => ({ n: at + 1, body: { text } })))
    expect(kept()).toBe('')
  })

  it('loses and doubles nothing, whenever the disk fills up and empties; one after the other stays so', async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.constant('add' as const) },
      fc.constantFrom('add and go on' as const, 'full' as const, 'empty' as const, 'away' as const, 'recover' as const, 'wait' as const)
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        Object.assign(disk, { values: new Map(), isFull: false, isAway: false })
        const { storage } = aTab()
        const added: string[] = []
        const seen = await play(storage, steps, added)
        Object.assign(disk, { isFull: false, isAway: false })
        await storage.recover?.()
        expect([...((onDisk() ?? []) as readonly string[])].toSorted()).toEqual(added.toSorted())
        if (!steps.includes('add and go on')) expect(onDisk() ?? []).toEqual(added)
        for (const [word, value] of seen) expect(value).toContain(word)
      })
    )
  })
})

type Step = 'add' | 'add and go on' | 'full' | 'empty' | 'away' | 'recover' | 'wait'

/** Answers what each change resolved to. */
async function play(storage: DeviceStorage, steps: readonly Step[], added: string[]): Promise<ReadonlyMap<string, unknown>> {
  const seen = new Map<string, unknown>()
  const pending: Promise<unknown>[] = []
  for (const step of steps) {
    if (step === 'full') disk.isFull = true
    if (step === 'away') disk.isAway = true
    if (step === 'empty') Object.assign(disk, { isFull: false, isAway: false })
    if (step === 'recover') pending.push(storage.recover?.() ?? Promise.resolve())
    if (step === 'wait') await Promise.all(pending)
    if (!step.startsWith('add')) continue
    const word = `${added.length}`
    added.push(word)
    const adding = storage.large.update('outbox', add(word)).then((value) => seen.set(word, value))
    pending.push(adding)
    if (step === 'add') await adding
  }
  await Promise.all(pending)
  return seen
}

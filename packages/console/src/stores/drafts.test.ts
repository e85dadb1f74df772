import { afterEach, beforeEach, expect, it } from 'vitest'
import { countDrafts, createDrafts, type Drafts, eraseDrafts } from './drafts.js'

beforeEach(() => localStorage.clear())
const open: Drafts[] = []
afterEach(() => {
  for (const drafts of open.splice(0)) drafts.stop()
})

function draftsOf(operatorId = 'o_1', site = 'shop', storage: Storage | null = localStorage): Drafts {
  const drafts = createDrafts({ storage, operatorId, site })
  open.push(drafts)
  return drafts
}

const keyOf = (c: string) => `porchlight-console:drafts:o_1:shop:${c}`

/** Another tab changes a kept text; a browser tells every tab but that one. */
function changeElsewhere(key: string, newValue: string | null): void {
  const oldValue = localStorage.getItem(key)
  if (newValue === null) localStorage.removeItem(key)
  else localStorage.setItem(key, newValue)
  dispatchEvent(new StorageEvent('storage', { key, oldValue, newValue, storageArea: localStorage }))
}

it('outlives its page and its tab', () => {
  draftsOf().write('c_1', 'half a word')
  const next = draftsOf()
  expect(next.read('c_1')).toBe('half a word')
  expect([...next.$owners.get()]).toEqual(['c_1'])
})

it('belongs to one operator on one site, and waits for him', () => {
  draftsOf('o_1', 'shop').write('c_1', 'half a word')
  expect(draftsOf('o_1', 'other').read('c_1')).toBe('')
  expect(draftsOf('o_2', 'shop').read('c_1')).toBe('')
  expect(draftsOf('o_1', 'shop').read('c_1')).toBe('half a word')
})

it('leaves nothing of its operator behind when it is forgotten, and all of everybody else', () => {
  localStorage.setItem('of something else', 'stays')
  draftsOf('o_12', 'shop').write('c_1', 'of somebody else')
  draftsOf('o_1', 'other').write('c_2', 'on another site')
  const drafts = draftsOf()
  drafts.write('c_1', 'half a word')
  drafts.forget()
  expect([drafts.read('c_1'), drafts.$owners.get().size]).toEqual(['', 0])
  expect(Object.keys(localStorage).toSorted()).toEqual(['of something else', 'porchlight-console:drafts:o_12:shop:c_1'])
  eraseDrafts(localStorage, 'o_12')
  expect(Object.keys(localStorage)).toEqual(['of something else'])
})

it('counts a conversation while its draft holds a letter', () => {
  const drafts = draftsOf()
  const seen: string[][] = []
  drafts.$owners.listen((owners) => seen.push([...owners]))
  for (const text of [' ', 'a', 'ab', '']) drafts.write('c_1', text)
  expect(seen).toEqual([['c_1'], []])
  expect(Object.keys(localStorage)).toEqual([])
})

it('counts what one operator has left to send on all sites', () => {
  draftsOf().write('c_1', 'half a word')
  const other = draftsOf('o_1', 'other')
  other.write('c_2', 'another')
  other.write('c_3', ' ')
  draftsOf('o_12', 'shop').write('c_1', 'of somebody else')
  expect(countDrafts(localStorage, 'o_1')).toBe(2)
  expect(countDrafts(null, 'o_1')).toBe(0)
})

it('follows what another tab of the same operator types and sends', () => {
  const drafts = draftsOf()
  drafts.write('c_1', 'half')
  const heard: unknown[] = []
  drafts.onOtherTab((c, was) => heard.push([c, was, drafts.read(c)]))
  changeElsewhere(keyOf('c_1'), 'half a word')
  changeElsewhere(keyOf('c_1'), null)
  changeElsewhere('porchlight-console:drafts:o_2:shop:c_1', 'of somebody else')
  dispatchEvent(new StorageEvent('storage', { key: null, storageArea: localStorage }))
  expect(heard).toEqual([
    ['c_1', 'half', 'half a word'],
    ['c_1', 'half a word', '']
  ])
  expect(drafts.$owners.get().size).toBe(0)
})

it('lives in memory where storage is denied or full', () => {
  const deny = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  const denied = { length: 0, key: deny, getItem: deny, setItem: deny, removeItem: deny, clear: deny } as Storage
  for (const storage of [denied, null]) {
    const drafts = draftsOf('o_1', 'shop', storage)
    drafts.write('c_1', 'half a word')
    expect(drafts.read('c_1')).toBe('half a word')
  }
})

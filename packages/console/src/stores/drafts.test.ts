import { beforeEach, expect, it } from 'vitest'
import { countDrafts, createDrafts } from './drafts.js'

beforeEach(() => sessionStorage.clear())

it('outlives its page in the same tab', () => {
  createDrafts(sessionStorage, 'o_1', 'shop').write('c_1', 'half a word')
  const next = createDrafts(sessionStorage, 'o_1', 'shop')
  expect(next.read('c_1')).toBe('half a word')
  expect([...next.$owners.get()]).toEqual(['c_1'])
})

it('belongs to one operator on one site', () => {
  createDrafts(sessionStorage, 'o_1', 'shop').write('c_1', 'half a word')
  expect(createDrafts(sessionStorage, 'o_1', 'other').read('c_1')).toBe('')
  expect(createDrafts(sessionStorage, 'o_1', 'shop').read('c_1')).toBe('half a word')
  expect(createDrafts(sessionStorage, 'o_2', 'shop').read('c_1')).toBe('')
  expect(createDrafts(sessionStorage, 'o_1', 'shop').read('c_1')).toBe('')
})

it('leaves nothing behind when it is forgotten', () => {
  sessionStorage.setItem('of somebody else', 'stays')
  const drafts = createDrafts(sessionStorage, 'o_1', 'shop')
  drafts.write('c_1', 'half a word')
  drafts.forget()
  expect(drafts.read('c_1')).toBe('')
  expect(Object.keys(sessionStorage)).toEqual(['of somebody else'])
})

it('counts a conversation while its draft holds a letter', () => {
  const drafts = createDrafts(sessionStorage, 'o_1', 'shop')
  const seen: string[][] = []
  drafts.$owners.listen((owners) => seen.push([...owners]))
  for (const text of [' ', 'a', 'ab', '']) drafts.write('c_1', text)
  expect(seen).toEqual([['c_1'], []])
})

it('counts what one operator has left to send on all sites, and what is damaged as nothing', () => {
  createDrafts(sessionStorage, 'o_1', 'shop').write('c_1', 'half a word')
  const other = createDrafts(sessionStorage, 'o_1', 'other')
  other.write('c_2', 'another')
  other.write('c_3', ' ')
  sessionStorage.setItem('porchlight-console:drafts:o_1:third', '{')
  sessionStorage.setItem('porchlight-console:drafts:o_12:shop', '[["c_1","of somebody else"]]')
  expect(countDrafts(sessionStorage, 'o_1')).toBe(2)
  expect(countDrafts(null, 'o_1')).toBe(0)
})

it('lives in memory where storage is denied, and takes damaged storage for none', () => {
  const denied = {
    ...sessionStorage,
    getItem: () => denyAccess(),
    setItem: () => denyAccess(),
    removeItem: () => denyAccess(),
    key: () => denyAccess()
  }
  const drafts = createDrafts(denied as unknown as Storage, 'o_1', 'shop')
  drafts.write('c_1', 'half a word')
  expect(drafts.read('c_1')).toBe('half a word')
  for (const damaged of ['{', '{"c_1":1}', '[["c_1",5],7]']) {
    sessionStorage.setItem('porchlight-console:drafts:o_1:shop', damaged)
    expect(createDrafts(sessionStorage, 'o_1', 'shop').read('c_1')).toBe('')
  }
})

function denyAccess(): never {
  throw new DOMException('denied', 'SecurityError')
}

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTitleMark, type TitleMark } from './mark-title.js'

let mark: TitleMark

beforeEach(() => {
  document.title = 'A shop'
  mark = createTitleMark()
})

afterEach(() => {
  mark.stop()
  vi.restoreAllMocks()
})

function setHidden(isHidden: boolean): void {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(isHidden)
  document.dispatchEvent(new Event('visibilitychange'))
}

describe('the title', () => {
  test('is left alone while the page is seen', () => {
    mark.show(2)
    expect(document.title).toBe('A shop')
  })

  test('tells the number while nobody looks, and is as before when somebody does', () => {
    setHidden(true)
    mark.show(2)
    expect(document.title).toBe('(2) A shop')
    mark.show(3)
    expect(document.title).toBe('(3) A shop')
    setHidden(false)
    expect(document.title).toBe('A shop')
  })

  test('that the page sets meanwhile stays the page’s', () => {
    setHidden(true)
    mark.show(1)
    document.title = '(5) Basket'
    mark.show(2)
    expect(document.title).toBe('(2) (5) Basket')
    setHidden(false)
    expect(document.title).toBe('(5) Basket')
  })

  test('is as before after the end', () => {
    setHidden(true)
    mark.show(2)
    mark.stop()
    expect(document.title).toBe('A shop')
  })
})

import { cleanup, render, screen, within } from '@testing-library/preact'
import { afterEach, expect, test } from 'vitest'
import { MessageItem } from './message-item.js'
import { Receipt } from './receipt.js'

afterEach(cleanup)

const message = { id: 'm1', side: 'start', label: 'Message from Ann, 14:32', name: 'Ann', time: '14:32', startsGroup: true, endsGroup: true } as const

test('a row is named by its author and time', () => {
  render(<MessageItem {...message} text="Hello" />)
  expect(screen.getByRole('listitem', { name: 'Message from Ann, 14:32' }).querySelector('[data-part="text"]')?.textContent).toBe('Hello')
})

test('what looks like markup is shown as it was typed', () => {
  render(<MessageItem {...message} text={'<img src=x onerror="alert(1)"> & <b>bold</b>'} />)
  const row = screen.getByRole('listitem')
  expect(row.querySelector('img, b')).toBeNull()
  expect(row.textContent).toContain('<img src=x onerror="alert(1)"> & <b>bold</b>')
})

test('a link opens apart and tells nothing about the page', () => {
  render(<MessageItem {...message} text="see https://example.com." />)
  const link = within(screen.getByRole('listitem')).getByRole('link', { name: 'https://example.com' })
  expect(link.getAttribute('target')).toBe('_blank')
  expect(link.getAttribute('rel')?.split(' ')).toEqual(expect.arrayContaining(['noopener', 'noreferrer', 'nofollow', 'ugc']))
})

test('a receipt is a word and not only a drawing', () => {
  render(
    <MessageItem {...message} side="end" text="Hello">
      <Receipt state="read" text="Read" />
    </MessageItem>
  )
  expect(screen.getByText('Read')).toBeTruthy()
})

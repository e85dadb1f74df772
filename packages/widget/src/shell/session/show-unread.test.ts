import { describe, expect, test } from 'vitest'
import { showUnread, unreadText } from './show-unread.js'

describe('unread messages', () => {
  test.each([
    ['en', 1, '1 unread message'],
    ['en', 3, '3 unread messages'],
    ['ru', 1, '1 непрочитанное сообщение'],
    ['ru', 3, '3 непрочитанных сообщения'],
    ['ru', 11, '11 непрочитанных сообщений'],
    ['pl', 22, '22 nieprzeczytane wiadomości'],
    ['pl', 25, '25 nieprzeczytanych wiadomości']
  ])('in %s: %i', (language, count, text) => {
    expect(unreadText(count, language)).toBe(text)
  })

  test('stand on the launcher and in its name, which starts as it always does', () => {
    const launcher = document.createElement('button')
    showUnread(launcher, 3, 'en')
    expect(launcher.ariaLabel).toBe('Chat with us, 3 unread messages')
    expect(launcher.textContent).toBe('3')
    showUnread(launcher, 12, 'en')
    expect(launcher.textContent).toBe('9+')
    expect(launcher.ariaLabel).toBe('Chat with us, 12 unread messages')
    showUnread(launcher, 0, 'en')
    expect(launcher.textContent).toBe('')
    expect(launcher.ariaLabel).toBe('Chat with us')
  })
})

import { describe, expect, it } from 'vitest'
import { createOwnOrigin } from './own-origin.js'

describe('without a public URL', () => {
  const own = createOwnOrigin(undefined)

  it.each(['localhost:4700', '127.0.0.1:4700', '[::1]:4700', 'localhost'])(
    'an origin that equals the loopback host %s is the server’s own',
    (host) => {
      expect(own.isOwn(`http://${host}`, host)).toBe(true)
      expect(own.authority(host)).toBe(host)
    }
  )

  it.each([
    ['https://localhost:4700', 'localhost:4700'],
    ['http://localhost:4701', 'localhost:4700'],
    ['http://localhost', 'localhost:4700'],
    ['http://127.0.0.1:4700', 'localhost:4700'],
    ['http://evil.example:4700', 'evil.example:4700'],
    ['http://localhost.evil.example', 'localhost.evil.example'],
    ['http://127.0.0.1.evil.example', '127.0.0.1.evil.example'],
    ['null', 'localhost:4700'],
    ['', 'localhost:4700'],
    ['http://localhost:4700/', 'localhost:4700'],
    ['http://user@localhost:4700', 'localhost:4700']
  ])('%s at host %s is somebody else', (origin, host) => {
    expect(own.isOwn(origin, host)).toBe(false)
  })

  it('a request that says nothing about where it comes from is not from a page of ours', () => {
    expect(own.isFromOwnPage({ host: 'localhost:4700' })).toBe(false)
  })

  it('all that a request says about where it comes from has to fit', () => {
    const host = 'localhost:4700'
    const origin = `http://${host}`
    expect(own.isFromOwnPage({ host, origin })).toBe(true)
    expect(own.isFromOwnPage({ host, 'sec-fetch-site': 'same-origin' })).toBe(true)
    for (const site of ['cross-site', 'same-site', 'none', '']) expect(own.isFromOwnPage({ host, origin, 'sec-fetch-site': site })).toBe(false)
    expect(own.isFromOwnPage({ host, origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' })).toBe(false)
    expect(own.isFromOwnPage({ host: 'evil.example', 'sec-fetch-site': 'same-origin' })).toBe(false)
  })
})

describe('with a public URL', () => {
  const own = createOwnOrigin('https://chat.example.com')

  it('only that origin is the server’s own, whatever the host header says', () => {
    expect(own.isOwn('https://chat.example.com', 'evil.example')).toBe(true)
    expect(own.isOwn('http://localhost:4700', 'localhost:4700')).toBe(false)
    expect(own.isOwn('https://evil.example', 'evil.example')).toBe(false)
    expect(own.authority('evil.example')).toBeNull()
  })
})

it.each([
  ['chat.example.com', true],
  ['CHAT.example.com', true],
  ['chat.example.com:443', true],
  ['chat.example.com:8443', false],
  ['evil@chat.example.com', false],
  ['chat.example.com.', false],
  ['chat.example.com.evil.example', false],
  ['127.0.0.1:4700', false],
  ['', false],
  [undefined, false]
])('with a public URL the console is at its host only: %s', (host, isServed) => {
  expect(createOwnOrigin('https://chat.example.com').authority(host)).toBe(isServed ? 'chat.example.com' : null)
})

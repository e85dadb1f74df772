import { expect, it } from 'vitest'
import { isAllowedOrigin } from './allowed-origin.js'

const wildcard = ['https://*.shop.example']

it.each(['https://www.shop.example', 'https://a-b.shop.example', 'https://1.shop.example'])('%s is one label below', (origin) => {
  expect(isAllowedOrigin(wildcard, origin)).toBe(true)
})

it.each([
  'https://shop.example',
  'https://a.b.shop.example',
  'https://.shop.example',
  'https://-.shop.example',
  'https://evilshop.example',
  'http://www.shop.example',
  'https://www.shop.example:8443',
  'https://www.shop.example.evil.example',
  'https://user@www.shop.example',
  'https://evil.example/.shop.example',
  'https://evil.example#.shop.example',
  'null'
])('%s is not one label below', (origin) => {
  expect(isAllowedOrigin(wildcard, origin)).toBe(false)
})

it.each(['http://localhost', 'http://localhost:4700', 'http://127.0.0.1:8080', 'http://[::1]:3000', 'https://localhost'])(
  '%s is this machine',
  (origin) => {
    expect(isAllowedOrigin(['loopback'], origin)).toBe(true)
  }
)

it.each([
  'http://localhost.evil.example',
  'http://127.0.0.1.evil.example',
  'http://evil.example',
  'http://localhost:80:80',
  'http://127.0.0.2',
  'null',
  'file://'
])('%s is not this machine', (origin) => {
  expect(isAllowedOrigin(['loopback'], origin)).toBe(false)
})

it('an entry that says null allows nobody', () => {
  expect(isAllowedOrigin(['null'], 'null')).toBe(false)
})

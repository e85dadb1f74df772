import { allowedOrigin, ChatError, parse } from '@porchlight/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { blameSite, parseOrigin, siteBody, siteProblems } from './site-fields.js'

const good = { 'site-name': 'My shop', 'site-id': 'my-shop', 'site-origins': 'https://shop.example' }

it.each([
  ['https://shop.example', 'https://shop.example'],
  [' HTTPS://Shop.Example/ ', 'https://shop.example'],
  ['https://shop.example:443', 'https://shop.example'],
  ['http://localhost:3000', 'http://localhost:3000'],
  ['https://*.shop.example', 'https://*.shop.example'],
  ['https://żółw.example', 'https://xn--w-uga1v8h.example'],
  ['loopback', 'loopback'],
  ['shop.example', null],
  ['https://shop.example/cart', null],
  ['https://shop.example?a=1', null],
  ['https://me@shop.example', null],
  ['https://*.example.*', null],
  ['https://*.com', null],
  ['ftp://shop.example', null]
])('takes %s as %s', (line, origin) => {
  expect(parseOrigin(line)).toBe(origin)
})

it('whatever is taken is something that the server takes', () => {
  const part = fc.constantFrom(
    'https://',
    'http://',
    '*.',
    'shop',
    '.',
    'example',
    ':',
    '443',
    '8080',
    '/',
    '?',
    '#',
    '@',
    ' ',
    '[::1]',
    '1',
    'Ż',
    '%'
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const origin = parseOrigin(parts.join(''))
      if (origin !== null) expect(parse(allowedOrigin, origin)).toBe(origin)
    }),
    { numRuns: 2_000 }
  )
})

it('says of each field what is wrong with it, and names the first bad line', () => {
  expect(siteProblems(good)).toEqual({})
  expect(siteProblems({ 'site-name': ' ', 'site-id': 'My Shop', 'site-origins': '\n' })).toEqual({
    'site-name': { key: 'field.required' },
    'site-id': { key: 'sites.badId' },
    'site-origins': { key: 'field.required' }
  })
  expect(siteProblems({ ...good, 'site-name': 'x'.repeat(121), 'site-origins': 'https://shop.example\nshop\nfair' })).toEqual({
    'site-name': { key: 'sites.longName' },
    'site-origins': { key: 'sites.badOrigin', values: { line: 'shop' } }
  })
})

it('tells the server each origin once', () => {
  expect(siteBody({ ...good, 'site-name': ' My shop ', 'site-origins': 'https://a.example/\n\nhttps://A.example\nloopback' })).toEqual({
    name: 'My shop',
    origins: ['https://a.example', 'loopback']
  })
})

it('only a public name that is taken is blamed on a field', () => {
  expect(blameSite(new ChatError('id_conflict', 'taken'))).toEqual({ 'site-id': { key: 'sites.takenId' } })
  expect(blameSite(new ChatError('forbidden', 'no'))).toBe(null)
  expect(blameSite(new Error('no'))).toBe(null)
})

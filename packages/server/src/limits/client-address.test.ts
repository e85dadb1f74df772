import type { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { createClientAddress } from './client-address.js'

const keyOf = (trustProxy: number | string | undefined, remoteAddress: string, forwarded?: string): string | null =>
  createClientAddress(trustProxy)({ socket: { remoteAddress } as Socket, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } })

it.each([
  ['203.0.113.9', undefined, '203.0.113.9'],
  ['::ffff:203.0.113.9', undefined, '203.0.113.9'],
  ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['127.0.0.1', undefined, null],
  ['127.0.0.1', '198.51.100.1', null],
  ['::1', undefined, null],
  ['2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
  ['2001:db8:1:2::7', undefined, '2001:db8:1:2::/64'],
  ['2001:db8::7', undefined, '2001:db8:0:0::/64'],
  ['fe80::1%eth0', undefined, 'fe80:0:0:0::/64']
])('without a trusted proxy, %s (forwarded for %s) counts as %s', (remote, forwarded, key) => {
  expect(keyOf(undefined, remote, forwarded)).toBe(key)
})

it.each([
  [1, '127.0.0.1', '198.51.100.1', '198.51.100.1'],
  [1, '127.0.0.1', 'forged, 198.51.100.1', '198.51.100.1'],
  [2, '10.0.0.1', 'forged, 198.51.100.1, 10.0.0.2', '198.51.100.1'],
  [1, '127.0.0.1', '127.0.0.1', '127.0.0.1'],
  [1, '127.0.0.1', undefined, null],
  ['10.0.0.0/8', '10.1.2.3', 'forged, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
  ['10.0.0.0/8', '198.51.100.7', '203.0.113.9', '198.51.100.7'],
  ['127.0.0.1, ::1', '::1', '2001:db8::7', '2001:db8:0:0::/64']
])('with %s trusted, %s (forwarded for %s) counts as %s', (trusted, remote, forwarded, key) => {
  expect(keyOf(trusted, remote, forwarded)).toBe(key)
})

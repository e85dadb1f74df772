import type { IncomingMessage } from 'node:http'
import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** Tells the key that the buckets of a peer's address are counted under; null for a peer that is not counted. */
export type ClientAddress = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string | null

/**
 * Finds out whom a request comes from. `X-Forwarded-For` is believed only as far as trusted proxies wrote it, from the right.
 * An IPv6 host owns a whole /64 (RFC 4291, 2.5.4), so that is the key. Loopback peers are not counted, unless a proxy names them.
 *
 * @param trustProxy Number of trusted hops, or their addresses and CIDR blocks joined by commas. Default: none.
 */
export function createClientAddress(trustProxy?: number | string): ClientAddress {
  const isTrusted = trustRule(trustProxy)
  return ({ headers, socket }) => {
    const forwarded = headers['x-forwarded-for']
    const chain = [...String(forwarded ?? '').split(','), socket.remoteAddress ?? ''].map(plainAddress).filter((address) => address !== '')
    let hops = 0
    while (chain.length > 1 && isTrusted(chain.at(-1) as string, hops)) {
      chain.pop()
      hops++
    }
    const address = chain.at(-1) ?? ''
    if (hops === 0 && isLoopback(address)) return null
    return isIPv6(address) ? prefix64(address) : address
  }
}

function plainAddress(text: string): string {
  return text.trim().replace(/^::ffff:(?=\d+\.)/i, '')
}

type TrustRule = (address: string, hops: number) => boolean

function trustRule(trustProxy: number | string | undefined): TrustRule {
  if (trustProxy === undefined) return () => false
  if (typeof trustProxy === 'number') return (_, hops) => hops < trustProxy
  const trusted = new BlockList()
  for (const entry of trustProxy.split(',')) {
    const [address = '', bits] = entry.trim().split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    trusted.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family)
  }
  return (address) => (isIPv4(address) && trusted.check(address)) || (isIPv6(address) && trusted.check(address, 'ipv6'))
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}

/** The first four groups, written out: `2001:db8::1` and `2001:db8:0:0:5::` share one. */
function prefix64(address: string): string {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? []
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const middle = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  const groups = [...left, ...middle, ...right].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

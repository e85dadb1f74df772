import { isIP } from 'node:net'
import { Unexpected } from './variables.js'

/** The number of proxies in front of the server, or their addresses and networks, separated by commas. */
export function readTrustProxy(value: string): number | string {
  if (/^\d+$/.test(value)) {
    const hops = Number(value)
    if (hops < 1 || hops > 10) throw new Unexpected('from 1 to 10 proxies; leave it unset when there is none')
    return hops
  }
  const networks = value.split(',').map((each) => each.trim())
  if (!networks.every(isNetwork)) throw new Unexpected('a number of proxies, or addresses and networks such as 10.0.0.0/8, separated by commas')
  return networks.join(',')
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

import type { TcpProxy } from '../harness/tcp-proxy.js'

/** Something that happens to a way; `restore` of the proxy ends it. */
export interface WayFault {
  readonly name: string
  readonly begin: (proxy: TcpProxy) => void
}

/** Everything that a network does to those who use it. */
export const wayFaults: readonly WayFault[] = [
  { name: 'reset', begin: (proxy) => proxy.cut('rst') },
  { name: 'orderly end', begin: (proxy) => proxy.cut('fin') },
  { name: 'black hole', begin: (proxy) => proxy.blackHole('both') },
  { name: 'black hole to the server', begin: (proxy) => proxy.blackHole('up') },
  { name: 'black hole to the client', begin: (proxy) => proxy.blackHole('down') },
  { name: 'stall', begin: (proxy) => proxy.stall('both') },
  { name: 'stall to the server', begin: (proxy) => proxy.stall('up') },
  { name: 'stall to the client', begin: (proxy) => proxy.stall('down') },
  { name: 'slow and uneven', begin: (proxy) => proxy.shape({ latencyMs: 20, jitterMs: 60 }) },
  { name: 'narrow', begin: (proxy) => proxy.shape({ bytesPerSecond: 8_192 }) },
  { name: 'in slices', begin: (proxy) => proxy.shape({ sliceBytes: 7 }) },
  { name: 'late accept', begin: (proxy) => proxy.delayAccept(150) }
]

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a server that can be broken: both ends see a reset, and nobody gets through until it is mended. */
export interface TcpProxy {
  readonly port: number
  readonly cut: () => void
  readonly restore: () => void
  /** Resolves when the next bytes have gone to the server. */
  readonly sent: () => Promise<void>
  /** Lets no answer through from now on; resolves when the server has given one that holds `text`. `restore` ends it. */
  readonly withhold: (text: string) => Promise<void>
  /** Lets nobody in any more; what is under way may end. */
  readonly close: () => void
}

/** Opens a proxy on a free port in front of `port`. */
export async function openTcpProxy(port: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let state: 'open' | 'cut' | 'withholding' = 'open'
  let onSent: () => void = () => undefined
  let onAnswer: (bytes: Buffer) => void = () => undefined
  const keep = (socket: Socket) => {
    sockets.add(socket)
    // A reset is what this proxy is for; `close` follows.
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer((near) => {
    if (state === 'cut') return void near.resetAndDestroy()
    const far = connect(port, '127.0.0.1')
    for (const socket of [near, far]) keep(socket)
    near.on('data', (bytes) => far.write(bytes, () => onSent()))
    far.on('data', (bytes) => (state === 'withholding' ? onAnswer(bytes) : near.write(bytes)))
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      state = 'cut'
      for (const socket of sockets) socket.resetAndDestroy()
    },
    restore: () => {
      state = 'open'
    },
    sent: () =>
      new Promise((resolve) => {
        onSent = resolve
      }),
    withhold: (text) => {
      state = 'withholding'
      return new Promise((resolve) => {
        onAnswer = (bytes) => bytes.includes(text) && resolve()
      })
    },
    close: () => void server.close()
  }
}

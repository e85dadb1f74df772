import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type Conditions, clearWay, type Flow, startFlow } from './flow.js'
import { chance } from './seed.js'
import { withoutFrame } from './without-frame.js'

const nothing = Buffer.alloc(0)

/** Directions of a way: towards the server, towards the client. */
export type Direction = 'up' | 'down' | 'both'

/** A way to a server that can be broken and mended again, in each of the ways in which networks break. */
export interface TcpProxy {
  readonly port: number
  /** Ends every connection, and lets nobody through until `restore`. `rst`, the default: both ends see a reset; `fin`: an orderly end. */
  readonly cut: (how?: 'fin' | 'rst') => void
  /** Lets connections be made, and leaves them in silence: nothing passes and nobody is told, not even that an end has gone. */
  readonly blackHole: (direction?: Direction) => void
  /** Holds everything back until `restore`, and passes it on then: what comes late, on a connection that was given up long ago. */
  readonly stall: (direction?: Direction) => void
  /** Changes what the way does to what passes. */
  readonly shape: (conditions: Partial<Conditions>) => void
  /** New connections wait this long before anything passes on them. */
  readonly delayAccept: (delayMs: number) => void
  /** A clear way for whoever connects, and for what was held back. What fell into a black hole stays there. */
  readonly restore: () => void
  /** Resolves when the next bytes have gone to the server. */
  readonly sent: () => Promise<void>
  /** Lets no answer through from now on; resolves when the server has given one that holds `text`. `restore` ends it. */
  readonly withhold: (text: string) => Promise<void>
  /** Loses the next answer that holds `text`, with whatever else was sent together with it; resolves when it has. */
  readonly lose: (text: string) => Promise<void>
  /** Loses the next WebSocket frame that holds `text`, and nothing else; resolves when it has. */
  readonly loseFrame: (text: string) => Promise<void>
  /** Bytes that wait on the way to the server. */
  readonly waitingBytes: () => number
  /** Connections that stand on either side; they differ while an end does not know of the other's. */
  readonly counts: () => { readonly clients: number; readonly servers: number }
  /** Resolves when the server has ended one of the connections that stand now. */
  readonly serverEnds: () => Promise<void>
  /** Ends everything. */
  readonly close: () => void
}

interface Loss {
  readonly text: string
  /** What is left of the piece that holds the text. */
  readonly cut: (bytes: Buffer, text: string) => Buffer
  readonly resolve: () => void
}

interface Passage {
  readonly near: Socket
  readonly far: Socket
  readonly flows: Readonly<Record<'up' | 'down', Flow>>
}

/** Opens a proxy on a free port in front of `port`. What chance decides on the way follows from `seed`. */
export async function openTcpProxy(port: number, seed = 1): Promise<TcpProxy> {
  const passages = new Set<Passage>()
  const draw = chance(seed)
  let conditions = clearWay
  let isCut = false
  let acceptDelayMs = 0
  let silent: Direction | undefined
  let held: Direction | undefined
  let isWithholding = false
  let onSent: () => void = () => undefined
  let onLost: Loss | undefined
  let onAnswer: (bytes: Buffer) => void = () => undefined

  function connectThrough(near: Socket): void {
    const far = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    const common = { conditions: () => conditions, draw }
    const up = startFlow({ ...common, from: near, to: far, onPiece: (bytes) => bytes, onWritten: () => onSent() })
    const down = startFlow({ ...common, from: far, to: near, onPiece: whatPasses, onWritten: () => undefined })
    const passage: Passage = { near, far, flows: { up, down } }
    passages.add(passage)
    // A reset is what this proxy is for; `close` follows.
    for (const socket of [near, far]) socket.on('error', () => undefined)
    for (const socket of [near, far]) socket.on('close', () => forget(passage))
    if (silent) inEach(silent, passage, (flow) => flow.swallow())
    if (held) inEach(held, passage, (flow) => flow.hold())
  }

  function whatPasses(bytes: Buffer): Buffer {
    if (onLost && bytes.includes(onLost.text)) {
      const { text, cut, resolve } = onLost
      onLost = undefined
      resolve()
      return cut(bytes, text)
    }
    if (isWithholding) onAnswer(bytes)
    return isWithholding ? nothing : bytes
  }
  const lose = (text: string, cut: Loss['cut']) =>
    new Promise<void>((resolve) => {
      onLost = { text, cut, resolve }
    })

  function forget(passage: Passage): void {
    if (!passage.near.destroyed || !passage.far.destroyed) return
    for (const flow of Object.values(passage.flows)) flow.stop()
    passages.delete(passage)
  }

  function inEach(direction: Direction, { flows }: Passage, act: (flow: Flow) => void): void {
    for (const way of ['up', 'down'] as const) if (direction === way || direction === 'both') act(flows[way])
  }
  const inAll = (direction: Direction, act: (flow: Flow) => void) => {
    for (const passage of passages) inEach(direction, passage, act)
  }

  const server = createServer({ allowHalfOpen: true }, (near) => {
    near.on('error', () => undefined)
    if (isCut) return void near.resetAndDestroy()
    if (acceptDelayMs === 0) return connectThrough(near)
    const timer = setTimeout(() => connectThrough(near), acceptDelayMs)
    near.on('close', () => clearTimeout(timer))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as AddressInfo).port,
    cut: (how = 'rst') => {
      isCut = true
      for (const { near, far } of [...passages]) for (const socket of [near, far]) how === 'rst' ? socket.resetAndDestroy() : socket.destroySoon()
    },
    blackHole: (direction = 'both') => {
      silent = direction
      inAll(direction, (flow) => flow.swallow())
    },
    stall: (direction = 'both') => {
      held = direction
      inAll(direction, (flow) => flow.hold())
    },
    shape: (changed) => {
      conditions = { ...conditions, ...changed }
    },
    delayAccept: (delayMs) => {
      acceptDelayMs = delayMs
    },
    restore: () => {
      isCut = isWithholding = false
      silent = held = undefined
      conditions = clearWay
      acceptDelayMs = 0
      inAll('both', (flow) => flow.release())
    },
    sent: () =>
      new Promise((resolve) => {
        onSent = resolve
      }),
    withhold: (text) => {
      isWithholding = true
      return new Promise((resolve) => {
        onAnswer = (bytes) => bytes.includes(text) && resolve()
      })
    },
    lose: (text) => lose(text, () => nothing),
    loseFrame: (text) => lose(text, withoutFrame),
    waitingBytes: () => [...passages].reduce((sum, { flows }) => sum + flows.up.waitingBytes(), 0),
    counts: () => ({
      clients: [...passages].filter(({ near }) => stands(near)).length,
      servers: [...passages].filter(({ far }) => stands(far)).length
    }),
    serverEnds: () =>
      new Promise((resolve) => {
        for (const { far } of passages) if (stands(far)) for (const end of ['end', 'close'] as const) far.once(end, () => resolve())
      }),
    close: () => {
      server.close()
      for (const { near, far } of [...passages]) for (const socket of [near, far]) socket.destroy()
    }
  }
}

/** Who has ended his side says nothing more, and takes nothing that anybody would notice. */
function stands({ destroyed, readableEnded }: Socket): boolean {
  return !destroyed && !readableEnded
}

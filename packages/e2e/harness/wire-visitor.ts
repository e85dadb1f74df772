import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { WebSocket } from 'ws'

/** A frame, as far as tests look into it. */
export interface Frame {
  readonly t: string
  readonly [field: string]: unknown
}

/** A visitor who speaks the wire himself, without the core, and remembers what he was told. */
export interface WireVisitor {
  readonly welcome: Frame
  readonly device: string
  readonly frames: readonly Frame[]
  readonly send: (frame: Frame) => void
  /** The first frame that passes, now or later; rejects when the socket closes before. */
  readonly next: (test: (frame: Frame) => boolean) => Promise<Frame>
  /** The code with which the socket closes. */
  readonly closed: Promise<number>
  /** Reads nothing from now on. */
  readonly pause: () => void
  readonly leave: () => void
}

/** How a visitor comes. */
export interface VisitorOptions {
  readonly device?: string
  readonly tab?: string
  readonly token?: unknown
  readonly subs?: readonly object[]
  readonly site?: string
}

/** A random device id. */
export const newDevice = (): string => randomBytes(16).toString('base64url')

/** A random id of version 7, with the time of now. */
export function newMessageId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

/** Connects and says hello. */
export async function connectVisitor(
  url: string,
  { device = newDevice(), site = 'demo', tab, token, subs }: VisitorOptions = {}
): Promise<WireVisitor> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/socket?site=${site}`, 'porchlight.v1', { origin: 'http://localhost:8080' })
  const frames: Frame[] = []
  const lookers = new Set<() => void>()
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  socket.on('error', () => {})
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame
    frames.push(frame)
    if (frame.t === 'ping') socket.send(JSON.stringify({ t: 'pong', echo: frame['now'] }))
    for (const look of [...lookers]) look()
  })
  const next: WireVisitor['next'] = (test) =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = frames.find(test)
        if (!found) return
        lookers.delete(look)
        resolve(found)
      }
      lookers.add(look)
      void closed.then((code) => reject(new Error(`closed with ${code}`)))
      look()
    })
  const send = (frame: object): void => socket.send(JSON.stringify(frame))
  await once(socket, 'open')
  send({ t: 'hello', v: [1, 1], device, ...(tab ? { tab } : {}), ...(token ? { token } : {}), ...(subs ? { subs } : {}) })
  const welcome = await next(({ t }) => t === 'welcome' || t === 'err')
  return {
    welcome,
    device,
    frames,
    send,
    next,
    closed,
    pause: () => socket.pause(),
    leave: () => (socket.isPaused ? socket.terminate() : socket.close())
  }
}

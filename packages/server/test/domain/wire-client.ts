import type { ServerFrame, Subscription, WelcomeFrame } from '@porchlight/protocol'
import { WebSocket } from 'ws'
import { newDevice, newMessageId } from './new-ids.js'
import { ownOrigin, shopOrigin, type World } from './world.js'

/** Frames of one kind. */
export type FrameOf<T extends ServerFrame['t']> = Extract<ServerFrame, { t: T }>

/** A client on a socket that keeps every frame it gets. */
export interface WireClient {
  readonly socket: WebSocket
  readonly device: string
  readonly frames: ServerFrame[]
  readonly send: (frame: unknown) => void
  /** The next frame of a kind that was not asked for yet, and that passes. */
  readonly next: <T extends ServerFrame['t']>(t: T, test?: (frame: FrameOf<T>) => boolean) => Promise<FrameOf<T>>
  /** Code of the close. */
  readonly closed: Promise<number>
  readonly close: () => void
}

/** How to open a socket. */
export interface ConnectOptions {
  readonly site?: string
  readonly origin?: string | undefined
  readonly device?: string
  /** As a trusted proxy names it. */
  readonly address?: string | undefined
}

/** Opens a socket, without a hello. Rejects when the upgrade is refused. */
export function openSocket(
  world: World,
  { site = 'shop', origin = shopOrigin, device = newDevice(), address }: ConnectOptions = {}
): Promise<WireClient> {
  const headers = { ...(origin === '' ? {} : { origin }), ...(address === undefined ? {} : { 'x-forwarded-for': address }) }
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}/v1/socket?site=${site}`, ['porchlight.v1'], { headers })
  const frames: ServerFrame[] = []
  const taken = new Set<ServerFrame>()
  const waiters = new Set<() => void>()
  socket.on('message', (data) => {
    frames.push(JSON.parse(String(data)) as ServerFrame)
    for (const wake of [...waiters]) wake()
  })
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  const client: WireClient = {
    socket,
    device,
    frames,
    closed,
    send: (frame) => socket.send(JSON.stringify(frame)),
    close: () => socket.close(1001),
    next: (t, test = () => true) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = frames.find((frame) => frame.t === t && !taken.has(frame) && test(frame as never))
          if (!found) return
          taken.add(found)
          waiters.delete(look)
          resolve(found as never)
        }
        waiters.add(look)
        void closed.then((code) => reject(new Error(`closed with ${code} while waiting for ${t}`)))
        look()
      })
  }
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(client))
    socket.once('unexpected-response', (_, response) => reject(new Error(`refused with ${response.statusCode}`)))
    socket.once('error', reject)
  })
}

/** A welcomed client. */
export type Welcomed = WireClient & { readonly welcome: WelcomeFrame }

/** Who says hello. */
export interface HelloOptions extends ConnectOptions {
  readonly token?: string | undefined
  readonly ticket?: string | undefined
  readonly tab?: string | undefined
  readonly subs?: readonly Subscription[]
  readonly department?: string | undefined
}

/** Opens a socket and says hello. */
export async function connect(world: World, options: HelloOptions = {}): Promise<Welcomed> {
  const { token, ticket, tab, subs, department } = options
  const client = await openSocket(world, { ...options, origin: options.origin ?? (ticket ? ownOrigin : shopOrigin) })
  client.send({ t: 'hello', v: [1, 1], device: client.device, ...defined({ token, ticket, tab, subs, department }) })
  return { ...client, welcome: await client.next('welcome') }
}

function defined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** Makes a conversation and follows it. */
export async function openConversation(client: WireClient): Promise<string> {
  const id = newMessageId()
  client.send({ t: 'open', id })
  const { c } = await client.next('ack', (ack) => ack.id === id)
  await follow(client, c)
  return c
}

/** Follows a log from its beginning. */
export async function follow(client: WireClient, c: string): Promise<FrameOf<'page'>> {
  const rid = newMessageId()
  client.send({ t: 'fetch', rid, c, from: 1, sub: true })
  return client.next('page', (page) => page.rid === rid)
}

/** Publishes a text and waits for its ack. */
export async function say(
  client: WireClient,
  { c, n, text, id = newMessageId() }: { readonly c: string; readonly n: number; readonly text: string; readonly id?: string }
): Promise<FrameOf<'ack'>> {
  client.send({ t: 'pub', c, id, n, k: 'text', body: { text } })
  return client.next('ack', (ack) => ack.id === id)
}

/** Texts of a log as a client reads it. */
export async function textsOf(client: WireClient, c: string): Promise<string[]> {
  const page = await follow(client, c)
  return page.events.filter(({ k }) => k === 'text').map(({ data }) => String(data?.['text']))
}

/** Resolves when everything a client has said is answered, also what waited for the disk; to false when the connection has ended over it. */
export async function isAllAnswered(world: World, client: WireClient): Promise<boolean> {
  // What came before a ping is read before its pong, and commits keep the order in which they were asked for.
  if (!(await isHeard(client, 77))) return false
  await world.db.write('visitor.dropEndedTokens', null)
  return isHeard(client, 78)
}

async function isHeard(client: WireClient, now: number): Promise<boolean> {
  client.send({ t: 'ping', now })
  return Promise.race([client.next('pong', ({ echo }) => echo === now).then(() => true), client.closed.then(() => false)])
}

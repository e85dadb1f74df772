import { closeCodes, errorRetry } from '@porchlight/protocol'
import { describe, expect, it } from 'vitest'
import { socketWire, type WebSocketConstructor } from '../src/porchlight/socket.js'
import type { WireEnd } from '../src/porchlight/wire.js'

interface FakeSocket {
  readonly url: string
  readonly protocols: string
  readyState: number
  readonly sent: string[]
  readonly closes: number[]
  onopen?: () => void
  onmessage?: (event: { data: unknown }) => void
  onclose?: (event: { code: number }) => void
}

function open() {
  const sockets: FakeSocket[] = []
  function Socket(url: string, protocols: string) {
    const socket = { url, protocols, readyState: 0, sent: [] as string[], closes: [] as number[] }
    sockets.push(socket)
    return Object.assign(socket, { send: (text: string) => socket.sent.push(text), close: (code: number) => socket.closes.push(code) })
  }
  const heard: unknown[] = []
  const ends: WireEnd[] = []
  const address = { server: 'https://chat.example.com/base', site: 'shop', fetch }
  const wire = socketWire(Socket as unknown as WebSocketConstructor)(address, {
    open: () => heard.push('open'),
    frame: (frame) => heard.push(frame),
    end: (end) => ends.push(end)
  })
  return { wire, socket: sockets[0]!, heard, ends }
}

describe('a socket', () => {
  it('goes to the server’s address with the site in it and nothing else', () => {
    const { socket } = open()
    expect(socket.url).toBe('wss://chat.example.com/base/v1/socket?site=shop')
    expect(socket.protocols).toBe('porchlight.v1')
  })

  it('hands over frames, and what is no JSON as nothing', () => {
    const { socket, heard } = open()
    socket.onopen?.()
    socket.onmessage?.({ data: '{"t":"pong","echo":1}' })
    socket.onmessage?.({ data: 'not JSON' })
    expect(heard).toEqual(['open', { t: 'pong', echo: 1 }, undefined])
  })

  it('sends only while it is open', () => {
    const { wire, socket } = open()
    wire.send({ t: 'bye' })
    socket.readyState = 1
    wire.send({ t: 'ping' })
    socket.readyState = 2
    wire.send({ t: 'bye' })
    expect(socket.sent).toEqual(['{"t":"ping"}'])
  })

  it('that was left says nothing any more, and is closed with a code of ours', () => {
    const { wire, socket, heard, ends } = open()
    wire.close()
    socket.onopen?.()
    socket.onmessage?.({ data: '{}' })
    socket.onclose?.({ code: 1006 })
    expect([heard, ends]).toEqual([[], []])
    expect(socket.closes).toEqual([4001])
  })

  it('ends once', () => {
    const { socket, ends } = open()
    socket.onclose?.({ code: 1006 })
    socket.onclose?.({ code: 1006 })
    expect(ends).toHaveLength(1)
  })

  it('that cannot even be made ends like one that was lost', async () => {
    function Refusing() {
      throw new Error('a policy forbids it')
    }
    const end = await new Promise<WireEnd>((resolve) => {
      const wire = socketWire(Refusing as unknown as WebSocketConstructor)(
        { server: 'https://x.example', site: 's', fetch },
        { open: () => undefined, frame: () => undefined, end: resolve }
      )
      wire.send({})
      wire.close()
    })
    expect(end.code).toBe('network')
  })

  it.each(Object.entries(closeCodes))('closed with %s does what the wire says', (_, { code, action }) => {
    const { socket, ends } = open()
    socket.onclose?.({ code })
    const [end] = ends
    const retry = errorRetry[end!.code]
    expect(retry).toBe({ stop: 'never', new_token: 'auth', drop_item: 'never' }[action as 'stop'] ?? 'later')
    expect(/^(invalid|too_large)$/.test(end!.code)).toBe(action === 'drop_item')
    expect([end!.afterMs !== undefined, end!.isReplaced]).toEqual([action === 'replaced', action === 'replaced'])
    expect(end!.withinMs).toEqual(action === 'at_once' ? [0, 0] : undefined)
  })

  it('closed with an unknown code comes back later', () => {
    const { socket, ends } = open()
    socket.onclose?.({ code: 4999 })
    expect(errorRetry[ends[0]!.code]).toBe('later')
  })
})

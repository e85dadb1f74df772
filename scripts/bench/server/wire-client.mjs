// One connection of the load, as thin as it can be.
import { once } from 'node:events'
import { ws } from './server-libraries.mjs'

const { WebSocket } = ws

/**
 * @typedef {object} Wire
 * @property {any} welcome
 * @property {(frame: object) => void} send
 * @property {(key: string) => Promise<any>} answer The answer to an id, or the next frame of a kind.
 * @property {() => Promise<void>} close
 */

/** @param {string} url @param {{ hello?: object, onEvent?: (frame: any) => void }} [options] @returns {Promise<Wire>} */
export async function openWire(url, { hello = {}, onEvent = () => {} } = {}) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/socket?site=demo`, ['porchlight.v1'], {
    headers: { origin: url },
    perMessageDeflate: false
  })
  const waiting = /** @type {Map<string, (frame: any) => void>} */ (new Map())
  socket.on('message', (/** @type {Buffer} */ data) => {
    const frame = JSON.parse(String(data))
    if (frame.t === 'ev') return onEvent(frame)
    if (frame.t === 'ping') return socket.send(JSON.stringify({ t: 'pong', echo: frame.now }))
    const key = frame.t === 'ack' || frame.t === 'nack' ? frame.id : frame.t
    waiting.get(key)?.(frame)
    waiting.delete(key)
  })
  const send = (/** @type {object} */ frame) => socket.send(JSON.stringify(frame))
  const answer = (/** @type {string} */ key) => new Promise((resolve) => waiting.set(key, resolve))
  await once(socket, 'open')
  const welcome = answer('welcome')
  send({ t: 'hello', v: [1, 1], device: newDevice(), ...hello })
  return {
    welcome: await welcome,
    send,
    answer,
    close: async () => {
      socket.terminate()
      if (socket.readyState !== WebSocket.CLOSED) await once(socket, 'close')
    }
  }
}

/** Random text for a device. */
export function newDevice() {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 22)
}

/** A UUID of version 7 (RFC 9562). */
export function newId() {
  const time = Date.now().toString(16).padStart(12, '0')
  const random = crypto.randomUUID()
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15, 18)}-${random.slice(19)}`
}

/** Runs `make` for 0 to `count - 1`, so many at a time. @template T @param {number} count @param {(index: number) => Promise<T>} make @returns {Promise<T[]>} */
export async function inTurns(count, make, atOnce = 50) {
  const made = /** @type {T[]} */ ([])
  let next = 0
  const worker = async () => {
    for (let index = next++; index < count; index = next++) made[index] = await make(index)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return made
}

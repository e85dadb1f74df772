// The least a headless client costs: stores for the light, the connection and the messages over one socket that comes back. No outbox, no order, no storage.
import { atom, computed } from 'nanostores'

interface Message {
  readonly id: string
  readonly text: string
}

export const $light = atom('unknown')
export const $messages = atom<readonly Message[]>([])
export const $mode = computed($light, (light) => (light === 'away' || light === 'offline' ? 'request' : 'chat'))

/** Opens a socket, again a second after each loss. */
export function connect(url: string): { readonly send: (text: string) => void; readonly destroy: () => void } {
  let socket: WebSocket
  let isOver = false
  const open = (): void => {
    socket = new WebSocket(url)
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data)
      if (frame.t === 'light') $light.set(frame.state)
      else $messages.set([...$messages.get(), frame])
    }
    socket.onclose = () => isOver || setTimeout(open, 1_000)
  }
  open()
  return {
    send: (text) => socket.send(JSON.stringify({ id: crypto.randomUUID(), text })),
    destroy() {
      isOver = true
      socket.close()
    }
  }
}

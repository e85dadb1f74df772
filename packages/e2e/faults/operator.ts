import type { HistoryRecorder } from '@porchlight/adapters/testing'
import { type ChatAdapter, type Connection, createConnection, type Log } from '@porchlight/core'
import type { MemoryEnv } from '@porchlight/core/testing'
import type { PageNetwork } from './page-network.js'

/** What an operator's console is made of. */
export interface OperatorOptions {
  readonly name: string
  readonly history: Pick<HistoryRecorder, 'record'>
  readonly env: MemoryEnv
  readonly network: PageNetwork
  readonly adapter: ChatAdapter
}

/** An operator with any number of conversations open, and everything that they show written down. */
export interface Operator {
  readonly name: string
  readonly env: MemoryEnv
  readonly connection: Connection
  readonly say: (c: string, text: string) => Promise<void>
  /** The conversations that he has opened, as he holds them. */
  readonly logs: () => readonly Log[]
  /** Closes a conversation as soon as nothing of his waits in it: one that is held to the end of a long day would look like a leak. */
  readonly letGo: (c: string) => void
  readonly close: () => void
}

/** Connects a console; it goes on connecting by itself. */
export function openOperator({ name, history, env, network, adapter }: OperatorOptions): Operator {
  const connection = createConnection({ adapter, env })
  const logs = new Map<string, Log>()
  const leaving = new Set<string>()
  history.record(name, { type: 'joined', role: 'operator', device: name })
  connection.connect()

  function follow(c: string): Log {
    const known = logs.get(c)
    if (known) return known
    const log = connection.log(c)
    logs.set(c, log)
    const heard = new Set<string>()
    const record = () => {
      const messages = log.$messages.get()
      const isThere = new Set(messages.map(({ id }) => id))
      for (const { id, order } of messages) {
        if (heard.has(id)) continue
        heard.add(id)
        history.record(name, { type: 'heard', c, seq: order, id })
      }
      const waiting = log.$pending.get().filter(({ id }) => !isThere.has(id))
      const shown = [
        ...messages.map(({ id, order, body, k }) => ({ id, seq: order, ...keyOf(k, body) })),
        ...waiting.map(({ id, body, k, state }) => ({ id, seq: null, state, ...keyOf(k, body) }))
      ]
      // The checker takes a party's newest view for the log that it is in, so each log is a party of its own.
      history.record(`${name} in ${c}`, { type: 'view', c, bubbles: shown })
    }
    log.$messages.listen(record)
    log.$pending.listen(record)
    log.$pending.listen(() => leaving.has(c) && letGo(c))
    return log
  }

  function letGo(c: string): void {
    leaving.add(c)
    // A log that is let go of sends nothing more.
    if ((logs.get(c)?.$pending.get().length ?? 0) > 0) return
    leaving.delete(c)
    logs.delete(c)
    connection.forget(c)
  }

  return {
    name,
    env,
    connection,
    say: async (c, key) => {
      const log = follow(c)
      history.record(name, { type: 'composed', key })
      const id = await log.publish('text', { text: key })
      history.record(name, { type: 'accepted', key, id })
    },
    logs: () => [...logs.values()],
    letGo,
    close: () => {
      connection.destroy()
      network.kill()
    }
  }
}

function keyOf(k: string, body: Readonly<Record<string, unknown>>): { readonly key?: string } {
  return k === 'text' ? { key: String(body['text']) } : {}
}

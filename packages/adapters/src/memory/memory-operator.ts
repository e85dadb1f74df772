import type { LogState, Message } from '@porchlight/core'
import type { Participant } from '@porchlight/protocol'
import type { MemoryBackend } from './backend.js'
import type { MemoryLog } from './memory-log.js'

/** Somebody who answers, as a test or a demonstration moves him. */
export interface MemoryOperator {
  readonly you: Participant
  /** Takes new chats, or not any more. Also signs in. */
  readonly available: (on: boolean) => void
  /** Leaves every conversation he stands in, and goes. */
  readonly signOut: () => void
  readonly isSignedIn: () => boolean
  readonly isAvailable: () => boolean
  /** Whether he has answered in the conversation and has not left it. */
  readonly standsIn: (c: string) => boolean
  readonly conversations: () => readonly LogState[]
  readonly messages: (c: string) => readonly Message[]
  /** Answers; the first answer also takes the conversation. */
  readonly reply: (c: string, text: string) => Message
  readonly typing: (c: string, on: boolean) => void
  /** Has received and read everything. */
  readonly read: (c: string) => void
  readonly close: (c: string) => void
}

/** An operator of `backend`, signed in and not available. */
export function createMemoryOperator(backend: MemoryBackend, name: string, onChange: () => void): MemoryOperator {
  const you: Participant = { role: 'agent', id: `op_${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`, name }
  const joined = new Set<string>()
  let isSignedIn = true
  let isAvailable = false

  const append = (log: MemoryLog, k: string, body: Message['body']): Message => {
    const message = log.append(you, k, body)
    backend.tell(log.c, { type: 'message', message, epoch: log.state().epoch })
    return message
  }
  const read = (log: MemoryLog) => {
    const { head } = log.state()
    const receipt = log.mark(you, head, head)
    if (receipt) backend.tell(log.c, { type: 'receipt', c: log.c, by: you, ...receipt })
  }

  return {
    you,
    available: (on) => {
      isSignedIn = true
      isAvailable = on
      onChange()
    },
    signOut: () => {
      isSignedIn = false
      isAvailable = false
      for (const c of joined) append(backend.log(c, you), 'left', {})
      joined.clear()
      onChange()
    },
    isSignedIn: () => isSignedIn,
    isAvailable: () => isAvailable,
    standsIn: (c) => joined.has(c),
    conversations: () => backend.logs().map((log) => log.state()),
    messages: (c) => backend.log(c, you).messages,
    reply: (c, text) => {
      const log = backend.log(c, you)
      if (!joined.has(c)) append(log, 'assigned', { operator: { id: you.id, name } })
      joined.add(c)
      const message = append(log, 'text', { text })
      read(log)
      onChange()
      return message
    },
    typing: (c, on) => backend.tell(c, { type: 'typing', c, by: you, on, ttlMs: 6_000 }),
    read: (c) => read(backend.log(c, you)),
    close: (c) => {
      const log = backend.log(c, you)
      log.setState('closed')
      joined.delete(c)
      append(log, 'status', { status: 'closed' })
      onChange()
    }
  }
}

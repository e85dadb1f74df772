import type { Capabilities, ConnectContext, Session, SessionEvent } from '@porchlight/core'
import { ChatError } from '@porchlight/protocol'
import type { MemoryBackend, MemoryMember } from './backend.js'
import type { MemoryLog } from './memory-log.js'

/** A session of one member. Requests and answers each take one turn of the microtask queue; a cut in between loses them. */
export function openMemorySession(backend: MemoryBackend, member: MemoryMember, context: ConnectContext): Session {
  const { you, device } = member
  let isOpen = true
  const emit = (event: SessionEvent) => {
    if (event.type === 'closed') isOpen = false
    queueMicrotask(() => {
      if (!context.signal.aborted) context.emit(event)
    })
  }
  member.emit = emit
  member.department = context.department
  context.signal.addEventListener('abort', () => {
    isOpen = false
    backend.leave(member)
  })

  /** Runs at the backend and carries the answer back; what is lost on either way rejects. */
  const ask = async <T>(work: () => T): Promise<T> => {
    await null
    if (!isOpen) throw new ChatError('network', 'the session has ended')
    const answer = work()
    await null
    if (!isOpen) throw new ChatError('network', 'the answer was lost')
    return answer
  }
  const follow = (log: MemoryLog) => {
    member.logs.add(log.c)
    for (const receipt of log.receipts.values()) emit({ type: 'receipt', c: log.c, ...receipt })
  }

  for (const held of context.logs) {
    const log = backend.logs().find(({ c, visitor }) => c === held.c && (you.role === 'agent' || visitor.id === you.id))
    if (!log) continue
    const page = log.page({ c: held.c, after: held, limit: 200 }, device)
    emit({ type: 'log', log: page.log })
    for (const message of page.messages) emit({ type: 'message', message, epoch: page.log.epoch })
    follow(log)
  }
  emit({ type: 'site', site: backend.site() })
  member.told = backend.availability(you, context.department)
  emit({ type: 'availability', availability: member.told })

  return {
    caps: capabilitiesOf(backend),
    order: backend.rules.order,
    you,
    conversations: backend
      .logs()
      .filter(({ visitor }) => you.role === 'agent' || visitor.id === you.id)
      .map((log) => log.state(device))
      .reverse(),
    send: async (draft) => {
      try {
        return await ask(() => {
          const log = backend.log(draft.c, you)
          const before = log.messages.length
          const outcome = log.accept(draft, you, device)
          for (const message of log.messages.slice(before)) backend.tell(log.c, { type: 'message', message, epoch: log.state().epoch })
          return outcome
        })
      } catch (error) {
        if (!isOpen) return { outcome: 'unknown' }
        throw error
      }
    },
    history: (query) =>
      ask(() => {
        const log = backend.log(query.c, you)
        if (query.subscribe) follow(log)
        return log.page(query, device)
      }),
    open: ({ id, department }) => ask(() => backend.open(id, you, department ?? context.department).state(device)),
    ...(backend.rules.idempotentSend
      ? {}
      : { reconcile: (draft) => ask(() => backend.log(draft.c, you).messages.find(({ id }) => id === draft.id) ?? null) }),
    request: (draft) => ask(() => backend.request(draft, you)),
    typing: (c, on) => void ask(() => backend.tell(c, { type: 'typing', c, by: you, on, ttlMs: 6_000 }, member)).catch(() => undefined),
    receipt: (c, { delivered, read }) =>
      void ask(() => {
        const receipt = backend.log(c, you).mark(you, delivered, read)
        if (receipt) backend.tell(c, { type: 'receipt', c, by: you, ...receipt })
      }).catch(() => undefined),
    probe: () => ask(() => undefined)
  }
}

function capabilitiesOf(backend: MemoryBackend): Capabilities {
  return {
    durability: 'memory',
    idempotentSend: backend.rules.idempotentSend,
    presence: 'push',
    typingOut: true,
    typingIn: true,
    receiptsOut: true,
    receiptsIn: true,
    history: true,
    requests: 'native'
  }
}
